"""Cards of the settings: what is typed and not saved survives other saves, reloads and a lock."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.services import drafts
from console.services import settings as workspace_settings
from console.services.settings import Manager
from tests.window import find, press, settle
from ui.desk import Desk
from ui.pages.settings import SettingsPage

TYPED = {
    "Full name": "Jana",
    "Address of the operator": "Dlouha 1",
    "Server for mails": "posta.example",
    "Address of the portal": "https://portal.example",
}
SECRET = {"Password": "tajne heslo", "Password of the portal": "jine heslo"}
FORMS = ("settings-manager", "settings-brand", "settings-mails", "settings-portal")


@pytest.fixture
def page(desk: Desk) -> Iterator[SettingsPage]:
    desk.tasks.change(
        lambda w: workspace_settings.change_manager(w, Manager(name="Eva", email="eva@x.example"))
    )
    made = SettingsPage(desk)
    desk.tasks.records_changed.connect(made.on_records_changed)
    made.show()
    made.reload()
    settle(desk.tasks)
    yield made
    made.close()


def _field(page: SettingsPage, name: str) -> QLineEdit:
    return find(page, QLineEdit, name)


def _type(page: SettingsPage, name: str, text: str) -> None:
    field = _field(page, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def _type_everything(page: SettingsPage) -> None:
    for name, text in {**TYPED, **SECRET}.items():
        _type(page, name, text)


def _texts(page: SettingsPage) -> dict[str, str]:
    return {name: _field(page, name).text() for name in TYPED}


def _lock_and_unlock(page: SettingsPage, desk: Desk) -> None:
    page.clear()
    assert set(_texts(page).values()) == {""}
    settle(desk.tasks)
    page.reload()
    settle(desk.tasks)


def _banners(page: SettingsPage) -> list[bool]:
    cards: list[Any] = [page, page.brand, page._mails, page._portal]
    return [not card._kept.banner.isHidden() for card in cards]


def test_saving_one_card_leaves_what_is_typed_into_the_others(
    page: SettingsPage, desk: Desk
) -> None:
    _type_everything(page)
    page.save()
    settle(desk.tasks)
    assert _texts(page) == TYPED
    assert _field(page, "Password").text() == SECRET["Password"]


def test_what_was_typed_is_there_again_after_a_lock_and_passwords_are_not(
    page: SettingsPage, desk: Desk
) -> None:
    _type_everything(page)
    _lock_and_unlock(page, desk)
    assert _texts(page) == TYPED
    assert [_field(page, name).text() for name in SECRET] == ["", ""]
    assert _banners(page) == [True] * 4
    page.reload()
    settle(desk.tasks)
    assert _texts(page) == TYPED
    assert _field(page, "E-mail").text() == "eva@x.example"


def test_start_anew_shows_what_is_stored(page: SettingsPage, desk: Desk) -> None:
    _type(page, "Full name", "Jana")
    _lock_and_unlock(page, desk)
    press(page._kept.banner, "Start anew")
    settle(desk.tasks)
    assert _field(page, "Full name").text() == "Eva"
    _lock_and_unlock(page, desk)
    assert _field(page, "Full name").text() == "Eva"
    assert _banners(page) == [False] * 4


def test_saved_is_stored_and_not_typed_any_more(page: SettingsPage, desk: Desk) -> None:
    _type(page, "Full name", "Jana")
    _lock_and_unlock(page, desk)
    page.save()
    settle(desk.tasks)
    assert _banners(page) == [False] * 4
    _type(page, "Full name", "Hana")
    _lock_and_unlock(page, desk)
    assert _field(page, "Full name").text() == "Hana"
    page.save()
    settle(desk.tasks)
    found: list[Any] = []
    desk.tasks.query(
        lambda w: [workspace_settings.manager(w), *(drafts.kept(w, form) for form in FORMS)],
        found.extend,
    )
    settle(desk.tasks)
    assert found[0].name == "Hana"
    assert found[1:] == [None] * 4


def test_change_from_elsewhere_is_shown_where_nothing_is_typed(
    page: SettingsPage, desk: Desk
) -> None:
    desk.tasks.change(lambda w: workspace_settings.change_manager(w, Manager(name="Iva")))
    settle(desk.tasks)
    assert _field(page, "Full name").text() == "Iva"
    assert _banners(page) == [False] * 4
