"""Screenshots of the vault: recovery key, forgotten passphrase, guide, backups, bundles."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def take_locked(window: Any, grab: Callable[[Any, str], None], settle: Callable[[], None]) -> None:
    """Take what is met before a workspace is open.

    Args:
        window: with the unlock page.
        grab: takes a widget under a name.
        settle: waits until everything is shown.
    """
    from console import workspace
    from console.domain.client import Client
    from console.services import backups, clients
    from ui.dialogs.passphrase import ForgottenPassphraseDialog
    from ui.dialogs.recovery_guide import RecoveryGuide

    page, folder = window.unlock_page, window._folder
    dialog: Any = ForgottenPassphraseDialog(window.desk, folder, window)
    dialog.open()
    dialog.key.setText("7QK4P M2N8X X9R3T")
    dialog.key.textEdited.emit(dialog.key.text())
    grab(dialog, "forgotten-passphrase")
    dialog._tell_both_lost()
    grab(dialog, "both-lost")
    dialog.done(0)
    with tempfile.TemporaryDirectory() as place:
        damaged = Path(place) / "Klientela"
        made = workspace.create(damaged, "klientela-demo")
        clients.add_client(made, Client(name="Městský úřad Lípová", ico="00259586"))
        backups.make(made, "hourly")
        clients.add_client(made, Client(name="Základní škola Žižkova", ico="26168685"))
        made.close()
        (damaged / workspace.DATABASE_NAME).write_bytes(b"")
        page.show_folder(damaged)
        page._passphrase.setText("klientela-demo")
        page._act()
        settle()
        grab(window, "damaged")
        guide: Any = RecoveryGuide(
            window.desk, damaged, page._banner.text, "klientela-demo", window
        )
        guide.open()
        guide.submit()
        settle()
        grab(guide, "recovery-guide")
        guide.submit()
        settle()
        grab(guide, "recovered")
        guide.done(0)
        page._banner.clear()
        page.show_folder(folder)


def take(window: Any, grab: Callable[[Any, str], None], ask: Callable[[Any], Any]) -> None:
    """Take the vault of an open workspace in the theme in use.

    Args:
        window: the open window.
        grab: takes a widget under a name.
        ask: runs work on the worker and returns its result.
    """
    from console.services import backups
    from ui.dialogs.bundle import HandOverClientDialog, OpenBundleDialog, TakeBackDialog
    from ui.dialogs.conflicts import ConflictsDialog
    from ui.dialogs.data_key import DataKeyDialog
    from ui.dialogs.passphrase import ChangePassphraseDialog
    from ui.dialogs.recovery_key import RecoveryKeyDialog
    from ui.dialogs.restore import RestoreDialog

    desk = window.desk
    if not ask(backups.catalogue):
        ask(backups.by_hand)
        ask(lambda opened: backups.make(opened, "hourly"))
        ask(_disagree)
    window.show_page("settings")
    page = window.pages["settings"]
    page.ensureWidgetVisible(page.safety.table, 0, 200)
    page.safety.table.selectRow(0)
    grab(window, "safety")
    newest = ask(backups.catalogue)[0].path
    dialogs: dict[str, Callable[[], Any]] = {
        "recovery-key": lambda: RecoveryKeyDialog(desk, window),
        "data-key": lambda: DataKeyDialog(desk, window),
        "change-passphrase": lambda: ChangePassphraseDialog(desk, window),
        "restore": lambda: RestoreDialog(desk, newest, window),
        "bundle-out": lambda: HandOverClientDialog(desk, window),
        "bundle-in": lambda: OpenBundleDialog(desk, window),
        "bundle-back": lambda: TakeBackDialog(desk, window),
        "conflicts": lambda: ConflictsDialog(desk, window),
    }
    for name, make in dialogs.items():
        dialog = make()
        dialog.open()
        grab(dialog, name)
        dialog.done(0)


def _disagree(opened: Any) -> None:
    """Put two values into the list of what was changed on both sides."""
    from console.domain.conflict import Conflict
    from console.domain.contact import Contact

    (person,) = opened.store.select(Contact, "1", order="id LIMIT 1")
    with opened.store.unit("take-bundle-back"):
        for field, mine, theirs in (("mobile", "777 123 456", "777 123 999"),
                                    ("note", "Volat po obědě", "Volat ráno, " * 12)):  # fmt: skip
            opened.store.insert(
                Conflict(
                    client_id=person.client_id, noun="contacts", record_id=person.id, field=field,
                    base='""', mine=f'"{mine}"', theirs=f'"{theirs}"', by="Petr Zástupce",
                    found_at=opened.store.now(),
                )
            )  # fmt: skip
