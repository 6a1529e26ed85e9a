"""What the policy refuses about a place. Nothing has changed then."""

from policy.estates import facts
from policy.estates.file import FINDING, INSPECTION, Counting, PlaceFile
from policy.journal import Note
from policy.refusals import (
    FindingIsSettled,
    FindingKindUnknown,
    InspectionIsOverdue,
    InspectionsTooFarApart,
    PlaceIsNotInspected,
    ReportedToNobody,
)
from policy.working_days import moment_in_words


def check(file: PlaceFile, note: Note, counting: Counting) -> None:
    """Raises Refused. That a finding has become a case is never refused: it is so. (section 4)"""
    fact = note.fact
    if file.ended_at is not None and not isinstance(fact, facts.FindingEnded | facts.FindingMadeACase):
        raise PlaceIsNotInspected(f"This place has not been inspected since {moment_in_words(file.ended_at)}.")
    match fact:
        case facts.PlaceListed(every_working_days=every):
            _often_enough(every, counting)
        case facts.InspectionPlanChanged(every_working_days=every):
            _often_enough(every, counting)
            _nothing_overdue_moves(file, every or counting.longest(), note)
        case facts.PlaceInspected(findings=findings):
            _kinds_are_known(tuple(f.kind for f in findings), counting)
        case facts.FindingEnded(finding=finding):
            _still_open(file, finding)
            if fact.how is facts.WithoutACase.REPORTED_ELSEWHERE and fact.reported_to is None:
                raise ReportedToNobody("Say to whom it was reported.", missing=("to whom it was reported",))


def _often_enough(every: int | None, counting: Counting) -> None:
    longest = counting.longest()
    if every is not None and every > longest:
        raise InspectionsTooFarApart(f"A place is inspected at least every {longest} working days.")


def _nothing_overdue_moves(file: PlaceFile, every: int, note: Note) -> None:
    """A missed inspection does not go away with a longer interval."""
    owed = file.owed.get(INSPECTION)
    if owed is not None and owed.due < note.recorded_at and every > file.every_working_days:
        due = moment_in_words(owed.due)
        raise InspectionIsOverdue(f"Inspect the place first: an inspection was due by {due}.")


def _kinds_are_known(kinds: tuple[str, ...], counting: Counting) -> None:
    known = [kind.key for kind in counting.edition.findings]
    unknown = [kind for kind in kinds if kind not in known]
    if unknown:
        raise FindingKindUnknown(f"Not a finding: {', '.join(unknown)}. They are: {', '.join(known)}.")


def _still_open(file: PlaceFile, finding: str) -> None:
    if FINDING + finding not in file.owed:
        raise FindingIsSettled("What was found there is settled already.")
