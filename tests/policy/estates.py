"""A place, and what happens there, for tests."""

from datetime import datetime
from uuid import uuid4

from gateways.calendar import closure_days
from policy import ledger
from policy.deadlines import Deadline
from policy.estates import facts, folding, rules
from policy.estates.file import FINDING, INSPECTION, Counting, PlaceFile, finding_id
from policy.facts.ruling import DeadlineMissed
from policy.journal import BesideFact, Note
from policy.ledger import Line
from policy.working_days import london_day
from tests.given import EDITION, OFFICER, london

MONDAY = london(2023, 5, 22)


def counting(moment: datetime) -> Counting:
    return Counting(edition=EDITION, closure_days=closure_days(london_day(moment), {}))


def listed(at: datetime = MONDAY, **more: object) -> facts.PlaceListed:
    return facts.PlaceListed(at=at, name="Invented Court", **more)


def planned(at: datetime, every: int | None) -> facts.InspectionPlanChanged:
    return facts.InspectionPlanChanged(at=at, every_working_days=every, reasons="Asked for.")


def inspected(at: datetime, *kinds: str) -> facts.PlaceInspected:
    found = tuple(facts.FindingTold(kind=kind, where="By the bins", words="As seen.") for kind in kinds)
    return facts.PlaceInspected(at=at, words="Walked round.", findings=found)


def ended(at: datetime, finding: str, how: facts.WithoutACase, to: str | None = None) -> facts.FindingEnded:
    return facts.FindingEnded(at=at, finding=finding, how=how, reported_to=to, words="Cleared.")


class History:
    """A place as it goes on, and every line of its ledger that changed."""

    def __init__(self, first: facts.PlaceListed | None = None) -> None:
        self.file = PlaceFile(id=str(uuid4()))
        self.lines: list[Line] = []
        self.tell(first or listed())

    def tell(self, fact: BesideFact, recorded_at: datetime | None = None) -> Note:
        """Raises Refused, as at the door."""
        note = Note(id=str(uuid4()), by=OFFICER, recorded_at=recorded_at or fact.at, fact=fact)
        rules.check(self.file, note, counting(fact.at))
        before = self.file
        self.file = folding.after(before, note, counting(note.recorded_at))
        self.lines += ledger.lines([*before.owed.values()], [*self.file.owed.values()], note)
        return note

    def noticed(self, now: datetime) -> None:
        """What is over by then, as the morning finds it."""
        for one in [one for one in self.file.owed.values() if one.due < now and not one.noticed]:
            self.tell(DeadlineMissed(at=one.due, key=one.key, row=one.row, due=one.due), recorded_at=now)

    def found(self, at: datetime, kind: str = "litter") -> str:
        """The id of the one finding of an inspection at that moment."""
        return finding_id(self.tell(inspected(at, kind)).id, 1)

    @property
    def inspection(self) -> Deadline:
        return self.file.owed[INSPECTION]

    def decision(self, finding: str) -> Deadline:
        return self.file.owed[FINDING + finding]

    @property
    def endings(self) -> list[str]:
        """How the inspections ended, in the order of ending."""
        return [line.ended.ending.value for line in self.lines if line.ended and line.deadline.key == INSPECTION]
