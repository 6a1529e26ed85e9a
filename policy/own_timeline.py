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
from policy.facts.base import Fact, Role
from policy.facts.contact import (
    AppointmentOffered,
    ContactAttempted,
    ContactMade,
    PersonContacted,
    PoliceAdvised,
)
from policy.facts.evidence import EvidenceReceived
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.needs import NeedTold
from policy.facts.people import Means
from policy.facts.promising import Chased, PromiseMade
from policy.facts.reporting import IncidentReported, Reporter, ReportReceived
from policy.frozen import Frozen
from policy.plan import Planned
from policy.working_days import moment_in_words

_TO_THEM: Final = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.NOT_USUALLY_ASB,
        LetterKind.HONEST_ADVICE,
        LetterKind.SECOND_LOOK_ANSWER,
        LetterKind.CLOSING_LETTER,
        LetterKind.QUESTIONNAIRE_REMINDER,
    }
)
"""Letters to the complainant."""

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


def own_line(file: CaseFile, person: str, entry: Entry) -> Line | None:
    """None for whatever is not theirs to read."""
    show = _SHOWN.get(type(entry.fact))
    said = show(entry.fact, file, person) if show is not None else _by_themselves(entry, person)
    return Line(at=entry.fact.at, said=said) if said else None


def _by_themselves(entry: Entry, person: str) -> str | None:
    """What they told by their own link. What we wrote down of the same kind may say more than they know."""
    fact = entry.fact
    if not isinstance(fact, NeedTold | EvidenceReceived) or entry.by.role is not Role.RESIDENT:
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


def _letter(fact: LetterSent, _: CaseFile, person: str) -> str | None:
    """A letter's key is its kind, and a number from the second on."""
    if fact.means is Means.TEXT:
        return "We sent you a text message." if person == COMPLAINANT else None
    kind = next((one for one in _TO_THEM if re.fullmatch(f"{re.escape(one)}(-[0-9]+)?", fact.key)), None)
    return f"We wrote to you {_BY[fact.means]}: {kind.called}." if kind and person == COMPLAINANT else None


def _promise(fact: PromiseMade, _: CaseFile, person: str) -> str | None:
    """Only where it says to whom: anybody may be promised anything."""
    return f"We promised you: {fact.words}" if fact.person == person else None


def _chase(_: Chased, __: CaseFile, person: str) -> str | None:
    return "You asked us how it stands." if person == COMPLAINANT else None


_SHOWN: Final[Mapping[type[Fact], Callable[[Any, CaseFile, str], str | None]]] = {
    ReportReceived: _report,
    IncidentReported: _incident,
    ContactMade: _contact,
    ContactAttempted: _attempt,
    PersonContacted: _contacted,
    AppointmentOffered: _appointment,
    PoliceAdvised: _police,
    LetterSent: _letter,
    PromiseMade: _promise,
    Chased: _chase,
}
"""All facts that anything is shown of."""

_BY_LINK: Final[tuple[type[Fact], ...]] = (NeedTold, EvidenceReceived)

SHOWN: Final = tuple(str(kind.model_fields["fact"].default) for kind in (*_SHOWN, *_BY_LINK))
