"""The editor of an agreement: everything it says, and what a change would have done.

Works on the plain data of ``domain.terms``; saving makes a new version from a day on.
"""

import copy
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.domain.agreement import ALWAYS, Agreement
from console.domain.terms import parse_agreement, to_mapping
from console.errors import KnownError
from console.services import agreements, what_if
from console.texts import _
from ui.desk import Desk
from ui.dialogs import agreement_fields as fields
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.dates import DayField, today
from ui.widgets.field_form import FieldForm, Row
from ui.widgets.parts import button, row, wrapped
from ui.widgets.rows_editor import RowsEditor
from ui.widgets.what_if_table import WhatIfTable

_LOOK_BACK: Final = timedelta(days=365)
_HOURS: Final = "hours"
"""Under which the office hours are kept, as they are edited."""
_SECTIONS: Final = ("contact_points", "specialists", "levels", "clauses")


class AgreementDialog(FormDialog):
    """Edits the terms of a client's agreement."""

    edited = Signal()

    def __init__(
        self, desk: Desk, client_id: int, terms: Agreement, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Amend the agreement"), _("Save the amendment"), parent)
        self._client_id = client_id
        self._plain: Row = to_mapping(terms)
        self.valid_from = DayField(_("In force from"))
        self.form.addRow(_("In force from"), self.valid_from)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._general = FieldForm(fields.GENERAL)
        self._general.show_row(self._plain)
        self.editors = self._make_editors()
        self._fill_editors()
        self._what_if = WhatIfTable()
        self._add_tabs()
        self.body.addWidget(self._tabs, 1)
        self.resize(1080, 680)
        self._general.changed.connect(self.edited)
        for editor in self.editors.values():
            editor.changed.connect(self.edited)
        terms_field = KeptField(self._as_plain, self._show_terms, self.edited)
        kept: dict[str, QWidget | KeptField] = {"terms": terms_field, "from": self.valid_from}
        self.keep_typed(f"agreement-{client_id}", client_id, kept)

    def _as_plain(self) -> Row:
        """Return the terms as they are edited, whether they are right or not."""
        return copy.deepcopy({**self._plain, _HOURS: self.editors["calendars"].rows})

    def _show_terms(self, plain: Row) -> None:
        self._plain = copy.deepcopy(plain)
        hours = self._plain.pop(_HOURS)
        self._general.show_row(self._plain)
        self.editors["calendars"].set_rows(hours)
        for name in _SECTIONS:
            self.editors[name].set_rows(self._plain.setdefault(name, []))

    def _make_editors(self) -> dict[str, RowsEditor]:
        shown = self._calendar_choices
        return {
            "clauses": RowsEditor(_("Clauses"), fields.clauses(shown), _new_clause),
            "contact_points": RowsEditor(_("Channels"), fields.channels(shown), _new_channel),
            "specialists": RowsEditor(_("Specialists"), fields.specialists(shown), _new_person),
            "levels": RowsEditor(_("Support levels"), fields.LEVELS, _new_level),
            "calendars": RowsEditor(
                _("Office hours"), fields.CALENDARS, lambda _rows: {"name": ""}
            ),
        }

    def _fill_editors(self) -> None:
        hours = fields.calendar_rows(self._plain.get("calendars", {}))
        self.editors["calendars"].set_rows(hours)
        for name in _SECTIONS:
            self.editors[name].set_rows(self._plain.setdefault(name, []))

    def _calendar_choices(self) -> list[tuple[str, str]]:
        named = [str(row.get("name", "")) for row in self.editors["calendars"].rows]
        return [(ALWAYS, _("around the clock")), *((name, name) for name in named if name)]

    def _add_tabs(self) -> None:
        titles = {
            "clauses": _("Clauses"),
            "contact_points": _("Channels"),
            "specialists": _("Specialists"),
            "levels": _("Support levels"),
            "calendars": _("Office hours"),
        }
        for name, title in titles.items():
            self._tabs.addTab(self.editors[name], title)
        self._tabs.addTab(self._general, _("General"))
        looked = QWidget()
        layout = QVBoxLayout(looked)
        layout.setContentsMargins(0, 8, 0, 0)
        hint = wrapped(
            _("How these terms would have treated the requests of the last 365 days."), "muted"
        )
        look = button(_("Look back"), self.look_back, "history")
        layout.addWidget(row(hint, None, look))
        layout.addWidget(self._what_if, 1)
        self._tabs.addTab(looked, _("What if"))

    def show_tab(self, number: int) -> None:
        """Show one of the tabs."""
        self._tabs.setCurrentIndex(number)

    def terms(self) -> Agreement:
        """Return the terms as they are edited.

        Raises:
            KnownError: ``terms-field`` names the part and the field that are wrong.
        """
        self._plain["calendars"] = fields.calendars_of(self.editors["calendars"].rows)
        filled: dict[str, Any] = fields.with_both_languages(self._plain)
        return parse_agreement(str(filled.get("name", {}).get("cs", "")), filled)

    def look_back(self) -> None:
        """Show what the edited terms would have made of last year's requests."""
        terms = self._checked()
        if terms is None:
            return
        client_id, until = self._client_id, today()
        self.desk.tasks.query(
            lambda w: what_if.what_if(w, client_id, terms, until - _LOOK_BACK, until),
            self._what_if.show_found,
            self.banner.show_error,
        )

    def submit(self) -> None:
        """Store the amendment; the dialog stays with its text where something is wrong."""
        terms = self._checked()
        if terms is None:
            return
        client_id = self._client_id
        day = self.valid_from.day
        self.save(
            lambda w: agreements.amend_agreement(w, client_id, terms, day),
            lambda _changes: self.desk.message.emit(
                _("The agreement is amended. Ctrl+Z takes it back.")
            ),
        )

    def _checked(self) -> Agreement | None:
        self.banner.hide()
        try:
            return self.terms()
        except KnownError as error:
            self._show_wrong(error)
            return None

    def _show_wrong(self, error: KnownError) -> None:
        """Say what is wrong and put the cursor there."""
        part, name = str(error.facts.get("part", "")), str(error.facts.get("field", ""))
        label = name
        for section, editor in self.editors.items():
            for number, found in enumerate(editor.rows):
                if part in (_part_name(section, number, found), f"{section} {number + 1}"):
                    self._tabs.setCurrentWidget(editor)
                    label = editor.focus_field(number, name) or name
        if name.startswith("calendars."):
            self._tabs.setCurrentWidget(self.editors["calendars"])
            label = name.partition(".")[2] or _("Name")
        elif part == "agreement":
            self._tabs.setCurrentWidget(self._general)
            label = self._general.focus_field(name) or name
        text = _("“{field}” is missing or wrong. Nothing was saved; please correct it.")
        self.banner.show_text(text.format(field=label), "danger")


def _part_name(section: str, number: int, found: Row) -> str:
    """Return how ``terms`` calls a part in its messages."""
    own = found.get("id") or found.get("name")
    return own if isinstance(own, str) and own.strip() else f"{section} {number + 1}"


def _new_clause(rows: list[Row]) -> Row:
    return {
        "id": fields.fresh_id("rule")(rows),
        "reference": {},
        "unit": "hours",
        "amount": 24,
        "due": "exact",
        "nature": "contractual",
        "pausable": True,
    }


def _new_channel(_rows: list[Row]) -> Row:
    return {"channel": "phone", "label": {}, "value": "", "calendar": ALWAYS}


def _new_person(_rows: list[Row]) -> Row:
    return {"role": "care", "name": "", "calendar": ALWAYS}


def _new_level(rows: list[Row]) -> Row:
    return {"number": len(rows) + 1, "name": {}, "units": []}
