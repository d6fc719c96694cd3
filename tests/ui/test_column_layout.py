"""Columns fit their table: nothing is lost, nothing is left over."""

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.column_layout import fitted

COLUMN = st.tuples(st.integers(60, 400), st.integers(60, 400), st.booleans())


@given(columns=st.lists(COLUMN, min_size=1, max_size=12), room=st.integers(0, 3000))
def test_columns_fill_the_table_or_keep_what_they_need(
    columns: list[tuple[int, int, bool]], room: int
) -> None:
    widths = [max(wanted, least) for wanted, least, _ in columns]
    needed = [
        least if gives else width for width, (_, least, gives) in zip(widths, columns, strict=True)
    ]
    made = fitted(widths, needed, [gives for _, _, gives in columns], room)
    assert all(width >= least for width, least in zip(made, needed, strict=True))
    assert made == widths if sum(needed) > room else sum(made) == room
