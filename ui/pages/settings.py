"""Settings: language and look of this machine, the account manager of the workspace."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from console import settings
from console.domain.journal import Changes
from console.services import settings as workspace_settings
from console.services.settings import Manager
from console.texts import _
from ui.desk import Desk
from ui.widgets.brand_card import BrandCard
from ui.widgets.kept_form import KeptForm
from ui.widgets.mail_account_form import MailAccountForm
from ui.widgets.parts import Banner, button, card, label, row, wrapped
from ui.widgets.portal_card import PortalCard
from ui.widgets.safety_card import SafetyCard


class SettingsPage(QScrollArea):
    """Cards: this machine, the account manager, keys and backups, documents, mails."""

    nouns = frozenset({"settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.keys_changed.connect(self._on_keys_changed)
        self._banner = Banner()
        self._fields = {
            "name": (QLineEdit(), _("Full name")),
            "prefix": (QLineEdit(), _("Prefix of numbers")),
            "email": (QLineEdit(), _("E-mail")),
            "phone": (QLineEdit(), _("Phone")),
            "operator": (QLineEdit(), _("Operator")),
        }
        self._language = self._choice(
            _("Language"), (("", _("As the system")), ("cs", "Čeština"), ("en", "English"))
        )
        self._theme = self._choice(
            _("Look"), (("", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        )
        self.brand = BrandCard(desk)
        self.safety = SafetyCard(desk)
        self._mails = MailAccountForm(desk)
        self._portal = PortalCard(desk)
        self._lay_out()
        self._show_machine()

    def _choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for code, text in choices:
            box.addItem(text, code)
        return box

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        holder = QWidget()
        holder.setObjectName("page")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(_("Settings"), "title"))
        layout.addWidget(self._banner)
        layout.addWidget(self._machine_card(), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._manager_card(), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.safety, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.brand, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._mails, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._portal, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setWidget(holder)

    def _machine_card(self) -> QWidget:
        form_holder = QWidget()
        form = QFormLayout(form_holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Language"), self._language)
        form.addRow(_("Look"), self._theme)
        made = card(label(_("This machine"), "heading"), form_holder)
        made.setFixedWidth(560)
        self._language.activated.connect(self._change_machine)
        self._theme.activated.connect(self._change_machine)
        return made

    def _manager_card(self) -> QWidget:
        form_holder = QWidget()
        form = QFormLayout(form_holder)
        form.setContentsMargins(0, 0, 0, 0)
        for field, name in self._fields.values():
            field.setAccessibleName(name)
            field.setMaxLength(200)
            form.addRow(name, field)
        self._fields["prefix"][0].setMaxLength(6)
        fields = {name: field for name, (field, _label) in self._fields.items()}
        self._kept = KeptForm(self._desk, "settings-manager", fields, self)
        save = button(_("Save"), self.save, "save", primary=True)
        made = card(
            label(_("Account manager"), "heading"),
            wrapped(
                _("Printed on documents; the prefix stands in the numbers of requests."), "muted"
            ),
            self._kept.banner,
            form_holder,
            row(None, save),
        )
        made.setFixedWidth(560)
        return made

    def reload(self) -> None:
        """Read the account manager anew."""
        self._desk.tasks.query(workspace_settings.manager, self._show_manager)
        self.safety.reload()
        self._desk.tasks.query(workspace_settings.brand, self.brand.show_brand)
        self._mails.reload()
        self._portal.reload()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read anew which backups there are: they are made by themselves, too."""
        super().showEvent(event)
        self.safety.reload()

    def on_records_changed(self, changes: Changes) -> None:
        """Reload where the settings changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget the account manager and the look, for locking; what is typed is kept."""
        self._banner.clear()
        self.safety.clear()
        self.brand.clear()
        self._kept.clear(self._empty)
        self._mails.clear()
        self._portal.clear()

    def save(self) -> None:
        """Store the account manager."""
        filled = Manager(**{name: field.text() for name, (field, _label) in self._fields.items()})
        self._desk.tasks.change(
            self._kept.saving(lambda opened: workspace_settings.change_manager(opened, filled)),
            self._on_saved,
            self._banner.show_error,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self._kept.saved()
        self._desk.message.emit(_("Settings saved."))

    def _empty(self) -> None:
        for field, _name in self._fields.values():
            field.clear()

    def _show_manager(self, manager: Manager) -> None:
        self._kept.show(partial(self._fill, manager))

    def _fill(self, manager: Manager) -> None:
        for name, (field, _label) in self._fields.items():
            field.setText(getattr(manager, name))

    def _show_machine(self) -> None:
        known = settings.load()
        self._language.setCurrentIndex(max(0, self._language.findData(known.language)))
        self._theme.setCurrentIndex(max(0, self._theme.findData(known.theme)))

    def _change_machine(self) -> None:
        settings.change(language=self._language.currentData(), theme=self._theme.currentData())
        self._desk.appearance_changed.emit()

    def _on_keys_changed(self) -> None:
        self.safety.reload()
