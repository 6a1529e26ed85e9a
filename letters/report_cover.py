"""What the readers of a report are told: that it stands on its page, and nothing that stands in it."""

from datetime import date
from functools import cache
from typing import Final

from letters.compose import Letterhead, filled, plain
from letters.kinds import LETTERHEAD, Fields
from letters.wordings import FOLDER, Wording, read_wording
from policy.reports.kinds import KINDS, ReportKind
from policy.working_days import day_in_words

_FIELDS: Final = Fields(always=LETTERHEAD, texts=frozenset({"report", "first", "last", "link"}))


@cache
def _wording() -> Wording:
    return read_wording(FOLDER / "ours" / "report-made.txt", _FIELDS, shared=FOLDER / "shared")


def check_cover() -> None:
    """For the start of the program: raises WordingMissing or WordingFaulty."""
    _wording()


def cover(kind: ReportKind, first: date, last: date, link: str, house: Letterhead) -> tuple[str, str]:
    """The subject of a mail, and its text."""
    wording = _wording()
    values: dict[str, str | list[str]] = {
        "landlord": house.name,
        "phone": house.phone,
        "email": house.email,
        "website": house.website,
        "report": KINDS[kind].title,
        "first": day_in_words(first),
        "last": day_in_words(last),
        "link": link,
    }
    return wording.subject, plain(tuple(filled(wording, values)), house)
