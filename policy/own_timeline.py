"""What somebody may read of their own case: what was told to or by themselves. Nothing that is not here, and never
anything about anybody else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.facts import Entry
from policy.facts.assessing import Assessed, Seriousness
from policy.facts.base import Fact, Role
from policy.facts.contact import (
    AppointmentOffered,
    ContactAttempted,
    ContactMade,
    PersonContacted,
    PoliceAdvised,
)
from policy.facts.evidence import DiaryIssued, DiaryReturned, EvidenceReceived
from policy.facts.letters import ASKED_FOR, LetterAskedFor, LetterKind, LetterSent
from policy.facts.needs import NeedTold
from policy.facts.people import Means
from policy.facts.promising import Chased, PromiseMade
from policy.facts.reporting import IncidentReported, Reporter, ReportReceived
from policy.frozen import Frozen
from policy.plan import Planned
from policy.working_days import moment_in_words

_SAYS: Final = {
    LetterKind.ACKNOWLEDGEMENT: "to say that we have your report",
    LetterKind.NOT_USUALLY_ASB: "to say what we think of your report, and why",
    LetterKind.HONEST_ADVICE: "with our advice",
    LetterKind.SECOND_LOOK_ANSWER: "to say what we think after a second look",
    LetterKind.CLOSING_LETTER: "to say why we are closing the case",
    LetterKind.QUESTIONNAIRE_REMINDER: "to ask once more how we did",
    LetterKind.APPOINTMENT: "to say when we can meet",
    LetterKind.DIARY_SHEETS: "with sheets for your diary",
    LetterKind.REFERRAL_NOTICE: "to say whom we asked to help you",
    LetterKind.UPDATE: "to say how things stand",
    LetterKind.AGREEMENT: "with an agreement",
    LetterKind.HEARING: "about the hearing",
}
"""Letters to the complainant; those that are asked for go to whoever was named then."""

_KEY: Final = re.compile(r"([a-z-]*[a-z])(?:-([0-9]+))?(?:-[0-9]+)*")
"""Of a letter: its kind, the number of the entry that made it due, and of those that made it out again."""

_BY: Final = {
    Means.PHONE: "by telephone",
    Means.TEXT: "by text message",
    Means.EMAIL: "by e-mail",
    Means.POST: "by post",
    Means.VISIT: "in person",
}


class Line(Frozen):
    at: datetime
    said: str


def own_plan(person: str, actions: Sequence[Planned]) -> tuple[Planned, ...]:
    """What the complainant agreed to. The rest an officer wrote for us, and may name others; what agencies do or
    agreed among themselves is told in confidence.
    """
    theirs = person == COMPLAINANT
    return tuple(one for one in actions if theirs and one.agreed and one.agency is None and one.group is None)


def own_line(file: CaseFile, person: str, entry: Entry, whose: Mapping[int, str] | None = None) -> Line | None:
    """None for whatever is not theirs to read. `whose`: who was named as a letter was asked for or a diary issued,
    by the number of that entry.
    """
    fact, show = entry.fact, _SHOWN.get(type(entry.fact))
    if isinstance(fact, LetterSent):
        said = _letter(fact, person, whose or {})
    elif isinstance(fact, DiaryReturned):
        said = _diary_back(fact, entry.by.role, person, whose or {})
    else:
        said = show(fact, file, person) if show is not None else _by_themselves(entry, person)
    return Line(at=fact.at, said=said) if said else None


def names_whose(fact: Fact) -> str | None:
    """Whose a letter that was asked for, or a diary, is."""
    if isinstance(fact, LetterAskedFor):
        return fact.person
    return fact.person or COMPLAINANT if isinstance(fact, DiaryIssued) else None


def _by_themselves(entry: Entry, person: str) -> str | None:
    """What they told by their own link. What we wrote down of the same kind may say more than they know."""
    fact = entry.fact
    by_link = entry.by.role is Role.RESIDENT
    if isinstance(fact, Chased):
        theirs = "You asked us to ring you." if by_link else "You asked us how things stand."
        return theirs if person == COMPLAINANT else None
    if not isinstance(fact, NeedTold | EvidenceReceived) or not by_link:
        return None
    theirs = "You told us what you need." if isinstance(fact, NeedTold) else "You sent us something."
    return theirs if fact.person == person else None


def _report(_: ReportReceived, __: CaseFile, person: str) -> str | None:
    return "You told us about this." if person == COMPLAINANT else None


def _incident(fact: IncidentReported, file: CaseFile, person: str) -> str | None:
    """Who told it is not said of it but by a link: else it is theirs where nobody else is affected."""
    alone = file.affected == (COMPLAINANT,) == (person,)
    mine = fact.told_by == person if fact.told_by else alone and fact.reporter is Reporter.VICTIM
    return "You told us that it happened again." if mine and fact.told_on is None else None


def _contact(fact: ContactMade, _: CaseFile, person: str) -> str | None:
    return f"We were in touch with you {_BY[fact.means]}." if person == COMPLAINANT else None


def _attempt(fact: ContactAttempted, _: CaseFile, person: str) -> str | None:
    return f"We tried to reach you {_BY[fact.means]}." if person == COMPLAINANT else None


def _contacted(fact: PersonContacted, _: CaseFile, person: str) -> str | None:
    if fact.person != person:
        return None
    done = "We were in touch with you" if fact.reached else "We tried to reach you"
    return f"{done} {_BY[fact.means]}."


def _appointment(fact: AppointmentOffered, _: CaseFile, person: str) -> str | None:
    told = f"We offered you an appointment: {moment_in_words(fact.appointment_at)}."
    return told if fact.person == person else None


def _police(fact: PoliceAdvised, _: CaseFile, person: str) -> str | None:
    return "We advised you to ring the police." if fact.person == person else None


def _letter(fact: LetterSent, person: str, whose: Mapping[int, str]) -> str | None:
    if fact.means is Means.TEXT:
        return "We sent you a text message." if person == COMPLAINANT else None
    key = _KEY.fullmatch(fact.key)
    if key is None or key[1] not in _SAYS:
        return None
    reader = whose.get(int(key[2] or 0)) if key[1] in ASKED_FOR else COMPLAINANT
    return f"We wrote to you {_BY[fact.means]} {_SAYS[LetterKind(key[1])]}." if reader == person else None


def _diary_issued(fact: DiaryIssued, _: CaseFile, person: str) -> str | None:
    return "We asked you to keep a diary." if names_whose(fact) == person else None


def _diary_back(fact: DiaryReturned, by: Role, person: str, whose: Mapping[int, str]) -> str | None:
    said = "You sent us your diary." if by is Role.RESIDENT else "We got your diary back."
    return said if whose.get(int(fact.matter.rpartition("-")[2])) == person else None


def _assessed(fact: Assessed, _: CaseFile, person: str) -> str | None:
    """Reasons, and that it is not for us to act on, they are told in a letter."""
    decided = ""
    if fact.exclusion is None:
        serious = fact.seriousness is Seriousness.SERIOUS
        decided = ", and treat it as serious" if serious else ", and deal with it as anti-social behaviour"
    return f"We looked at how serious this is{decided}." if person == COMPLAINANT else None


def _promise(fact: PromiseMade, _: CaseFile, person: str) -> str | None:
    """Only where it says to whom: anybody may be promised anything."""
    return f"We promised you: {fact.words}" if fact.person == person else None


_SHOWN: Final[Mapping[type[Fact], Callable[[Any, CaseFile, str], str | None]]] = {
    ReportReceived: _report,
    IncidentReported: _incident,
    ContactMade: _contact,
    ContactAttempted: _attempt,
    PersonContacted: _contacted,
    AppointmentOffered: _appointment,
    PoliceAdvised: _police,
    PromiseMade: _promise,
    Assessed: _assessed,
    DiaryIssued: _diary_issued,
}
"""What is shown of a fact by itself."""

_MORE: Final[tuple[type[Fact], ...]] = (LetterSent, DiaryReturned, Chased, NeedTold, EvidenceReceived)

SHOWN: Final = tuple(str(kind.model_fields["fact"].default) for kind in (*_SHOWN, *_MORE))
"""All facts that anything is shown of."""
NAMES: Final = str(LetterAskedFor.model_fields["fact"].default)
"""And what says whose a letter is."""
