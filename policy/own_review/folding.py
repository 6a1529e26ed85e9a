"""The file after a fact, and what the system itself has to record now."""

from datetime import datetime

from policy.deadlines import Deadline
from policy.deadlines.escalating import above
from policy.estates.file import Counting
from policy.facts.base import Role
from policy.facts.ruling import DeadlineMissed
from policy.journal import Note
from policy.own_review import facts
from policy.own_review.file import ABOVE, REVIEW, ROW, ReviewOfPolicy, agreed, counted, reminds_on
from policy.working_days import london_day


def after(file: ReviewOfPolicy, note: Note, counting: Counting) -> ReviewOfPolicy:
    return _folded(file, note, counting).with_(seq=file.seq + 1)


def _folded(file: ReviewOfPolicy, note: Note, counting: Counting) -> ReviewOfPolicy:
    match note.fact:
        case facts.PolicyReviewOwnerNamed() as fact:
            due = file.due.model_copy(update={"owner": fact.owner, "owed_by": Role(fact.role)})
            return _moved(file.with_(owner=fact.owner, owned_by=fact.role), due, counting)
        case facts.PolicyReviewBroughtForward() as fact:
            due = agreed(counting.edition, fact.to, file.owned_by, file.owner)
            return _moved(file.with_(brought_forward=london_day(fact.at)), due, counting)
        case facts.PolicyReviewed() as fact:
            return _reviewed(file, fact, counting)
        case facts.PolicyReviewReminded():
            return _owing(file, file.due, counting)
        case DeadlineMissed(key=key, due=due_by) if file.reminded and (key, due_by) == (REVIEW, file.due.due):
            return _owing(file, file.due.model_copy(update={"noticed_at": note.recorded_at}), counting)
        case _:
            return file


def _reviewed(file: ReviewOfPolicy, fact: facts.PolicyReviewed, counting: Counting) -> ReviewOfPolicy:
    """The next is counted from the newest. An older one written down later turns no clock back, and one from
    before it was brought forward is not the one that was asked for then.
    """
    day = london_day(fact.at)
    if day < file.counted_from:
        return file
    file = file.with_(counted_from=day, reviewed_at=fact.at)
    if file.brought_forward is not None and day < file.brought_forward:
        return file
    due = counted(counting.edition, day, file.owned_by, file.owner)
    return file.with_(due=due, owed={}, brought_forward=None)


def _moved(file: ReviewOfPolicy, due: Deadline, counting: Counting) -> ReviewOfPolicy:
    """Whoever was reminded already owes it as it is now."""
    return _owing(file, due, counting) if file.reminded else file.with_(due=due)


def _owing(file: ReviewOfPolicy, due: Deadline, counting: Counting) -> ReviewOfPolicy:
    """What was missed goes up to managers as well, where it is not theirs already."""
    up = above(due, counting.closure_days, counting.edition, ABOVE)
    owed = [due, up] if up is not None else [due]
    return file.with_(due=due, owed={one.key: one for one in owed})


def to_record(
    file: ReviewOfPolicy, now: datetime, counting: Counting
) -> facts.PolicyReviewReminded | DeadlineMissed | None:
    """What the system owes now: first that its owner is reminded, then that a miss is known."""
    if not file.reminded and london_day(now) >= reminds_on(file, counting.edition):
        return facts.PolicyReviewReminded(at=now)
    if not file.due.noticed and file.due.due < now:
        return DeadlineMissed(at=file.due.due, key=REVIEW, row=ROW, due=file.due.due)
    return None
