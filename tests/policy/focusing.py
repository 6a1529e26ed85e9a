"""A focus area as it goes on, for tests."""

from datetime import date, datetime
from typing import Final
from uuid import uuid4

from policy.facts.base import SYSTEM, Actor, Role
from policy.focus_areas import facts, folding, rules
from policy.focus_areas.facts import CameOfFocus, NoFocusArea
from policy.focus_areas.file import Counting as Reckoned
from policy.focus_areas.file import FocusAreaFile
from policy.journal import BesideFact, Note
from tests.given import london
from tests.policy.estates import counting

MONDAY: Final = london(2023, 5, 22)
SAFETY: Final = Actor(id="community_safety-1", role=Role.COMMUNITY_SAFETY)
NUMBERS: Final = {
    "place": "Seal",
    "kind": "noise",
    "first": date(2023, 2, 20),
    "last": date(2023, 5, 21),
    "past_from": date(2020, 2, 24),
    "observed": 20,
    "past": 60,
    "expected": 5.1,
    "ratio": 3.9,
    "low": 2.4,
    "high": 7.0,
    "false_share": 0.004,
    "looked_at": 400,
}


def proposed(at: datetime = MONDAY, **more: object) -> facts.FocusAreaProposed:
    return facts.FocusAreaProposed(at=at, **(NUMBERS | more))


def accepted(at: datetime, **more: object) -> facts.FocusAreaAccepted:
    return facts.FocusAreaAccepted(at=at, words="We walk there.", **more)


def refused(at: datetime, why: NoFocusArea = NoFocusArea.ONE_DISPUTE) -> facts.FocusAreaRefused:
    return facts.FocusAreaRefused(at=at, why=why, reasons="One household.")


def reviewed(at: datetime, **more: object) -> facts.FocusAreaReviewed:
    return facts.FocusAreaReviewed(at=at, words="It goes on.", **more)


def ended(at: datetime, result: CameOfFocus = CameOfFocus.QUIETER) -> facts.FocusAreaEnded:
    return facts.FocusAreaEnded(at=at, result=result, words="Quiet since June.")


def reckoning(moment: datetime) -> Reckoned:
    of_places = counting(moment)
    return Reckoned(edition=of_places.edition, closure_days=of_places.closure_days)


class Area:
    """From its proposal on."""

    def __init__(self, first: facts.FocusAreaProposed | None = None) -> None:
        self.file = FocusAreaFile(id=str(uuid4()))
        self.tell(first or proposed(), SYSTEM)

    def tell(self, fact: BesideFact, by: Actor = SAFETY) -> "Area":
        """Raises Refused, as at the door."""
        note = Note(id=str(uuid4()), by=by, recorded_at=fact.at, fact=fact)
        rules.check(self.file, note, reckoning(fact.at))
        self.file = folding.after(self.file, note, reckoning(fact.at))
        return self
