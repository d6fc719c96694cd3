"""Every column of every list can go out into a table, and can be edited only where it may."""

import pytest

from console.domain.register_fields import FIELDS
from console.services import exports, lists
from ui.models import columns

LISTS = {
    "clients": columns.CLIENTS,
    "contacts": columns.CONTACTS,
    "lines": columns.LINES,
    "sims": columns.SIMS,
    "devices": columns.DEVICES,
    "requests": columns.REQUESTS,
    "tariffs": columns.TARIFFS,
    "orders": columns.ORDERS,
    "documents": columns.DOCUMENTS,
}


@pytest.mark.parametrize("noun", LISTS)
def test_every_column_can_be_written_to_a_table(noun: str) -> None:
    assert exports.check_noun(noun) == noun
    shown = [column.exports for column in LISTS[noun]]
    assert set(shown) <= set(exports.columns_of(noun))
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("noun", LISTS)
def test_every_column_that_sorts_is_sorted_by_the_database(noun: str) -> None:
    sorts = {column.sort for column in LISTS[noun] if column.sort}
    assert sorts <= set(lists.sortable(noun))


@pytest.mark.parametrize("noun", sorted(FIELDS.keys() & LISTS.keys()))
def test_what_names_a_record_of_the_register_is_its_first_column(noun: str) -> None:
    first = LISTS[noun][0]
    assert first.shown
    assert first.name in {field.name for field in FIELDS[noun]}
