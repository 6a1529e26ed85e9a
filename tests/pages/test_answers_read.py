"""What somebody types is read kindly, and nothing that they type breaks a page."""

from datetime import date, time

import pytest

from pages.questions import Field, Kind, Question, day_of, hour_of, read
from tests.given import london

NOW = london(2026, 11, 30)
ASKED = Question("x", "X", "X", (Field("words", Kind.WORDS, "X"), Field("day", Kind.DAY, "X")))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("27", "3", "26"), date(2026, 3, 27)),
        (("31", "2", "2026"), None),
        (("1", "1", "1899"), None),
        (("1", "1", "-5"), None),
        (("1", "1", "9" * 20), None),
        (("9" * 20, "1", "2026"), None),
        (("", "", ""), None),
        ((), None),
    ],
)
def test_a_day_is_read_as_people_write_it_and_what_is_none_is_none(
    typed: tuple[str, ...], day: date | None
) -> None:
    assert day_of(typed) == day


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("22:30", time(22, 30)), ("9.05", time(9, 5)), ("7", time(7)), ("9" * 20, None), ("x", None)],
)
def test_so_is_a_time(typed: str, hour: time | None) -> None:
    assert hour_of(typed) == hour


def test_a_year_of_two_digits_can_still_have_not_come() -> None:
    _, wrong = read(ASKED, {"day-day": ["1"], "day-month": ["12"], "day-year": ["26"]}, NOW)
    assert wrong == {"day": "This day has not come yet"}


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("from a\vword processor\fand on", "from a\nword processor\nand on"),
        ("a bell\x07 and\x85a line\u2028more", "a bell and\na line\nmore"),
        ("שלום \u200f👩\u200d👧", "שלום \u200f👩\u200d👧"),
    ],
)
def test_what_is_pasted_is_taken_without_what_nobody_sees(pasted: str, said: str) -> None:
    answers, wrong = read(ASKED, {"words": [pasted]}, NOW)
    assert (answers["words"], wrong) == ((said,), {})
