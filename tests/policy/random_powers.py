"""Others' powers, what they are told, and meetings about a disability, at random and in earnest."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import Deadline
from policy.facts import CaseFact
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.powers import ClosureAsked, ClosureOrderExtended, ClosureOrderMade, PowerAsked
from policy.rules.matters import open_for
from policy.working_days import london_day
from tests.policy.told_at_random import matter_for, somebody, told

IN_EARNEST: Final = 7
WHOM: Final = ("police", "council", "gp", "probation", "a_newspaper")
POWERS: Final = ("dispersal", "community_protection_notice", "partner_led_action", "banishment")


def asked(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return PowerAsked(
        at=at,
        power=POWERS[pick % 4],
        asked_of=WHOM[pick % 5],
        person=(None, somebody(file, pick))[pick // 4 % 2],
        words="As told.",
    )


def closed(kind: type[ClosureOrderMade | ClosureOrderExtended]) -> Callable[[CaseFile, datetime, int], CaseFact]:
    def told_of(file: CaseFile, at: datetime, pick: int) -> CaseFact:
        ends = london_day(at) + timedelta(days=pick % 100)
        return kind(at=at, matter=matter_for(kind, file, pick), ends=ends, words="As told.")

    return told_of


def met(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    excluded = ((), ("addiction",), ("laziness",))[pick % 3]
    return told(DisabilityMeetingHeld, file, at, pick, excluded=excluded, besides=(None, "Grief.")[pick // 3 % 2])


def told_to(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return DisclosureRecorded(
        at=at,
        to=("council", "a_newspaper")[pick % 7 == 0],
        about=(somebody(file, pick),) if pick % 5 else (),
        what="As told.",
        why="As told.",
        gateway=list(Gateway)[pick % 4],
        under="A protocol" if pick % 3 else None,
        lawful_reason=(None, None, None, "serious_crime", "as_told")[pick % 5],
        already_told=pick % 6 == 0,
    )


def told_of_refusal(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    agencies = tuple(file.informed) if pick == IN_EARNEST else (*file.informed, "council")
    return AgencyToldOfRefusal(
        at=at, agency=(agencies or ("council",))[pick % max(len(agencies), 1)], words="They know."
    )


def keeps(owed: Deadline, at: datetime) -> CaseFact | None:
    stem, _, agency = owed.key.partition(":")
    if stem != "disclosure-refusal":
        return None
    return AgencyToldOfRefusal(at=at, agency=agency, words="They know.")


def closure_asked(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    reason = (None, None, None, "serious_crime", "as_told")[pick % 5]
    return told(ClosureAsked, file, at, pick, lawful_reason=reason, asked_of=WHOM[pick % 5])


LAWFUL: Final = {"lawful_reason": "serious_crime"}
"""As a supervisor may also where the victims do not let the police be told."""

BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "power_asked": asked,
    "closure_asked": closure_asked,
    "closure_order_made": closed(ClosureOrderMade),
    "closure_order_extended": closed(ClosureOrderExtended),
    "disability_meeting_held": met,
    "disclosure_recorded": told_to,
    "agency_told_of_refusal": told_of_refusal,
}


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    if kind == "power_asked":
        request = asked(file, at, 0).model_copy(update=LAWFUL)
        led = request.model_copy(update={"power": "partner_led_action", "owner": "officer-2"})
        return [request, *(led.model_copy(update={"asked_of": whom}) for whom in ("fire", "education", "wardens"))]
    if kind == "closure_asked":
        told_of = closure_asked(file, at, 0).model_copy(update=LAWFUL)
        return [
            told_of.model_copy(update={"person": key, "asked_of": whom})
            for key in (None, *file.people)
            for whom in ("police", "council")
        ]
    if kind == "disclosure_recorded":
        return [told_to(file, at, 13)]
    if kind == "agency_told_of_refusal":
        return [told_of_refusal(file, at, 0)]
    if kind == "disability_meeting_held":
        return [met(file, at, 3).model_copy(update={"person": key}) for key in file.people]
    order = ClosureOrderMade if kind == "closure_order_made" else ClosureOrderExtended
    return [order(at=at, matter=key, ends=london_day(at), words="As told.") for key in open_for(file, order)]
