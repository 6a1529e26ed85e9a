"""What others were told, and of whom where a fact does not name them itself. (information-sharing, section 4)"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from policy import folding
from policy.as_of import Placed
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.editions import of
from policy.facts.base import Fact
from policy.facts.disclosing import Gateway
from policy.facts.groups import GroupMeetingHeld
from policy.facts.health import HealthContactMade
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.policing import PoliceReferralMade
from policy.facts.safety import PartnersConsulted
from policy.folding.disclosing import who_was_discussed
from policy.frozen import Frozen

TOLD: Final = {
    "disclosure_recorded": "to",
    "referral_proposed": "agency",
    "group_called": "members",
    "group_meeting_held": "came",
    "partners_consulted": "partners",
    "police_referral_made": "agency",
    "power_asked": "asked_of",
    "closure_asked": "asked_of",
    "police_told_where_joined": "to",
    "health_contact_made": "worker",
}
"""By kind of fact, where it says whom it told."""

NOT_BY_NAME: Final = frozenset(
    {
        "group_meeting_held",
        "partners_consulted",
        "police_referral_made",
        "police_told_where_joined",
        "health_contact_made",
    }
)
"""Where a fact names nobody it means whom the group is about, the victims or the complainant then."""

IN_REVIEWS: Final = {"partners_asked": "agencies", "review_meeting_held": "attended"}
"""The same of a case review, which speaks of everybody on its cases."""


class ToldOthers(Frozen):
    """`to` are agencies or partners of the edition, `about` people on it by their key, None for everybody."""

    fact: str
    at: datetime
    to: tuple[str, ...]
    about: tuple[str, ...] | None = None
    gateway: Gateway | None = None
    lawful_reason: str | None = None


def told_others(before: CaseFile, fact: Fact) -> ToldOthers | None:
    """What a fact on a case told others, the case being as it was `before`."""
    said: dict[str, Any] = dict(fact)
    if (name := TOLD.get(said["fact"])) is None or said.get("taken_back"):
        return None
    by_name = said.get("about") or ((said["person"],) if said.get("person") else None)
    return ToldOthers(
        fact=said["fact"],
        at=said.get("told_at") or fact.at,
        to=_several(said[name]),
        about=_meant(before, fact) if said["fact"] in NOT_BY_NAME else by_name,
        gateway=said.get("gateway"),
        lawful_reason=said.get("lawful_reason"),
    )


def told_in_review(fact: Fact) -> ToldOthers | None:
    said: dict[str, Any] = dict(fact)
    if (name := IN_REVIEWS.get(said["fact"])) is None:
        return None
    return ToldOthers(
        fact=said["fact"], at=fact.at, to=_several(said[name]), lawful_reason=said.get("lawful_reason")
    )


def _several(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def told_of(opening: CaseFile, entries: Sequence[Placed]) -> dict[int, tuple[str, ...]]:
    """By its place in the timeline, whom partners, a group's meeting or the police were told of: as the case was
    then.
    """
    file, found = opening, {}
    for seq, entry in entries:
        if (meant := _meant(file, entry.fact)) is not None:
            found[seq] = meant
        file = folding.after(file.with_(seq=seq - 1), entry, of(file.edition))
    return found


def _meant(before: CaseFile, fact: Fact) -> tuple[str, ...] | None:
    match fact:
        case PartnersConsulted():
            return who_was_discussed(before, fact)
        case PoliceReferralMade() | PoliceToldWhereJoined():
            return before.victims
        case GroupMeetingHeld(matter=matter, about=about):
            return about or (before.groups[matter].about if matter in before.groups else ())
        case HealthContactMade(person=person):
            return (person or COMPLAINANT,)
        case _:
            return None
