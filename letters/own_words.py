"""What the letters tell in which an officer may put words of their own: dates and names that were recorded, and
those words, which their reader reads as they stand.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.duties import SendLetter
from policy.editions import of
from policy.editions.table import named
from policy.facts.base import Fact
from policy.facts.contact import AppointmentOffered
from policy.facts.letters import LetterAskedFor, LetterKind, LetterWorded
from policy.facts.referring import ReferralProposed
from policy.working_days import LONDON, day_in_words, london_day

Values = dict[str, str | list[str]]


def own_words(duty: SendLetter, told: Mapping[str, Fact]) -> Values:
    """Those that were written last for this letter."""
    match told.get(duty.own_words or ""):
        case LetterAskedFor(own_words=words) | LetterWorded(own_words=words):
            return {"own_words": points(words)}
    return {}


def points(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _appointment(_duty: SendLetter, _file: CaseFile, about: Fact) -> Values:
    if not isinstance(about, AppointmentOffered):
        raise KeyError("no appointment was offered")
    at = about.appointment_at.astimezone(LONDON)
    return {"day": day_in_words(at.date()), "time": f"{at:%H:%M}"}


def _diary(duty: SendLetter, file: CaseFile, _about: Fact) -> Values:
    """Back by the day that was agreed, or the edition's."""
    diary = file.letters[duty.key].matter
    due = {one.key: one.due for one in deadlines(file, of(file.edition))}
    return {"by_when": day_in_words(london_day(due[diary or ""]))}


def _referral(_duty: SendLetter, file: CaseFile, about: Fact) -> Values:
    if not isinstance(about, ReferralProposed):
        raise KeyError("no referral was proposed")
    return {"agency": named(about.agency, of(file.edition).agencies) or about.agency}


def _hearing(_duty: SendLetter, file: CaseFile, about: Fact) -> Values:
    hearing = file.hearings[_asked_about(about)]
    at: Values = {"time": f"at {hearing.hour:%H:%M}"} if hearing.hour is not None else {}
    return {"day": day_in_words(hearing.on)} | at


def _notice(_duty: SendLetter, file: CaseFile, about: Fact) -> Values:
    """As the law's table names it. The form itself is the law's: a person puts it with the letter."""
    step = of(file.edition).legal.step(file.matters[_asked_about(about)].code or "")
    if step is None:
        raise KeyError("the law has no such notice")
    return {"notice": step.name, "statute": step.statute}


def _asked_about(about: Fact) -> str:
    """Raises KeyError where nothing is named."""
    if not isinstance(about, LetterAskedFor) or about.about is None:
        raise KeyError("the letter is about nothing")
    return about.about


def _either_side(duty: SendLetter, _file: CaseFile, _about: Fact) -> Values:
    return {} if duty.to == COMPLAINANT else {"complained_about": "yes"}


TELLS: Final[Mapping[LetterKind, Callable[[SendLetter, CaseFile, Fact], Values]]] = MappingProxyType(
    {
        LetterKind.APPOINTMENT: _appointment,
        LetterKind.DIARY_SHEETS: _diary,
        LetterKind.MEDIATION_OFFER: _either_side,
        LetterKind.REFERRAL_NOTICE: _referral,
        LetterKind.UPDATE: lambda _duty, _file, _about: {},
        LetterKind.AGREEMENT: _either_side,
        LetterKind.HEARING: _hearing,
        LetterKind.NOTICE_COVER: _notice,
    }
)
"""Beside the words. Each raises KeyError where what it is about is not on the case any more."""
