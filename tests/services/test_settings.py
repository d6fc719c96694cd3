"""Settings of a workspace: the manager's name and prefix travel with it."""

import pytest

from console import workspace
from console.domain.client import Client
from console.services import history, settings
from console.services.settings import Manager
from console.workspace import Workspace
from tests.services.steps import add_contact

JANA = Manager("Jana Nováková", "NV", "jana@operator.example", "+420 799 900 001", "Operátor")


def test_new_workspace_has_a_manager_without_a_name(opened: Workspace) -> None:
    assert settings.manager(opened) == Manager(prefix="AM")


def test_manager_is_kept_and_travels_with_the_workspace(opened: Workspace, data_key: bytes) -> None:
    settings.change_manager(opened, JANA)
    opened.close()
    again = workspace.open_workspace(opened.folder, data_key)
    assert settings.manager(again) == JANA
    again.close()


@pytest.mark.parametrize(
    ("written", "kept"), [(" nv ", "NV"), ("", "AM"), ("  ", "AM"), ("řk", "ŘK")]
)
def test_prefix_is_in_capitals_and_never_empty(opened: Workspace, written: str, kept: str) -> None:
    settings.change_manager(opened, Manager(prefix=written))
    assert settings.manager(opened).prefix == kept


def test_later_changes_bear_the_new_name(opened: Workspace, client: Client) -> None:
    settings.change_manager(opened, Manager(name="Petr Dvořák"))
    person = add_contact(opened, client, "Řehoř")
    assert history.history(opened, person.id)[0].unit.actor == "Petr Dvořák"


def test_name_of_the_settings_is_used_where_none_is_given(
    opened: Workspace, data_key: bytes
) -> None:
    settings.change_manager(opened, JANA)
    opened.close()
    for given, expected in (("", "Jana Nováková"), ("Petr", "Petr")):
        again = workspace.open_workspace(opened.folder, data_key, given)
        assert again.store.actor == expected
        again.close()


def test_same_settings_are_no_action(opened: Workspace) -> None:
    settings.change_manager(opened, JANA)
    unit = history.next_undo(opened)
    settings.change_manager(opened, JANA)
    assert history.next_undo(opened) == unit


def test_undone_settings_are_those_before(opened: Workspace) -> None:
    settings.change_manager(opened, JANA)
    settings.change_manager(opened, Manager(name="Petr"))
    history.undo_last(opened)
    assert settings.manager(opened) == JANA
