"""Counts that show nobody."""

from hypothesis import given
from hypothesis import strategies as st

from cocreate.insights.counting import FEWEST, Counts, Row, counts_of


def test_a_small_whole_is_not_counted_at_all() -> None:
    assert counts_of([Row("Borger", 4, 4)]) == Counts(None)
    assert counts_of([]) == Counts(None)


def test_rows_of_five_and_more_stand_with_their_number() -> None:
    counts = counts_of([Row("Borger", 19, 19), Row("Pårørende", 8, 8), Row("Medarbejder", 5, 5)])
    assert counts.total == 32
    assert [(row.label, row.total) for row in counts.rows] == [
        ("Borger", 19),
        ("Pårørende", 8),
        ("Medarbejder", 5),
    ]
    assert counts.rest == 0


def test_one_small_row_takes_another_with_it_so_that_it_cannot_be_worked_out() -> None:
    counts = counts_of([Row("Borger", 19, 19), Row("Pårørende", 8, 8), Row("Medarbejder", 2, 2)])
    assert [row.label for row in counts.rows] == ["Borger"]
    assert counts.rest == 10


def test_what_nobody_can_read_is_not_found_by_counting_what_can_be_read() -> None:
    """Two relatives whose words are only kept: with six listed, "8" would tell of them."""
    counts = counts_of([Row("Borger", 20, 10), Row("Pårørende", 8, 6)])
    assert counts.rows == ()
    assert counts.total == counts.rest == 28
    assert counts_of([Row("Borger", 20, 18)]).total is None


rows = st.lists(
    st.integers(0, 12).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))),
    max_size=6,
)


@given(rows)
def test_no_count_below_five_can_be_worked_out(given_rows: list[tuple[int, int]]) -> None:
    """Whatever is added to and taken from what is shown: rows, total, and what can be read."""
    labelled = [Row(str(n), total, readable) for n, (total, readable) in enumerate(given_rows)]
    counts = counts_of(labelled)
    if counts.total is None:
        assert counts.rows == ()
        return
    assert counts.total == sum(row.total for row in labelled)
    unread = sum(row.total - row.readable for row in labelled)
    told = sum(row.total for row in counts.rows)
    told_unread = sum(row.total - row.readable for row in counts.rows)
    for number in (counts.total, unread, counts.total - told, unread - told_unread, counts.rest):
        assert number == 0 or number >= FEWEST
    for row in counts.rows:
        assert row.total >= FEWEST
        assert row.total == row.readable or row.total - row.readable >= FEWEST
    assert told + counts.rest == counts.total
