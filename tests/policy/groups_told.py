"""Groups of agencies, as tests tell of them."""

from datetime import date, datetime
from typing import Any

from policy.facts import CaseFact
from policy.facts import groups as g
from policy.facts import promising as p
from policy.facts.disclosing import Gateway
from tests.policy.warned import MONDAY


def called(at: datetime = MONDAY, **more: Any) -> CaseFact:
    told = {
        "at": at,
        "kind": g.GroupKind.TASK_AND_FINISH,
        "members": ("police", "council"),
        "about": ("complainant",),
        "gateway": Gateway.CRIME_AND_DISORDER_ACT,
        "words": "The block, together.",
    }
    return g.GroupCalled.model_validate(told | more)


def held(at: datetime, group: str, **more: Any) -> CaseFact:
    told = {"at": at, "matter": group, "came": ("police",), "words": "A patrol, and lights."}
    return g.GroupMeetingHeld.model_validate(told | more)


def arranged(
    at: datetime, group: str, day: date | None = None, *, none_agreed: bool = False, **more: Any
) -> CaseFact:
    told = {"at": at, "matter": group, "by_when": day, "none_agreed": none_agreed, "words": "At the council."}
    return g.GroupMeetingArranged.model_validate(told | more)


def told_of_refusal(at: datetime, group: str, **more: Any) -> CaseFact:
    return g.GroupToldOfRefusal.model_validate({"at": at, "group": group, "words": "They know."} | more)


def meetings_ended(at: datetime, group: str, day: date | None = None, *, none_agreed: bool = False) -> CaseFact:
    return g.GroupMeetingsEnded(at=at, matter=group, by_when=day, none_agreed=none_agreed, words="All is set.")


def ended(at: datetime, group: str, *, none_agreed: bool = False, never_met: str | None = None) -> CaseFact:
    told = {"at": at, "matter": group, "none_agreed": none_agreed, "never_met": never_met}
    return g.GroupEnded.model_validate(told | {"words": "Quiet for a month."})


def agreed(at: datetime, group: str | None, **more: Any) -> CaseFact:
    told = {"at": at, "group": group, "agency": "police", "words": "A patrol each evening."}
    return p.ActionPlanned.model_validate(told | more)


def done(at: datetime, action: str) -> CaseFact:
    return p.ActionDone(at=at, matter=action, words="Since Monday.")


def refused(at: datetime, action: str) -> CaseFact:
    return p.ActionRefused(at=at, matter=action, reasons="They have nobody to send.")


def asked_after(at: datetime, action: str, day: date | None = None) -> CaseFact:
    return p.ActionChased(at=at, matter=action, by_when=day, words="No answer.")
