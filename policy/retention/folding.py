"""What is decided of a record, after a fact."""

from policy.journal import Note
from policy.retention import facts
from policy.retention.record import Proposal, RetentionFile

_UNDECIDED = {"approved_at": None, "approved_by": None}


def after(file: RetentionFile, note: Note) -> RetentionFile:
    return _folded(file, note).with_(seq=file.seq + 1)


def _folded(file: RetentionFile, note: Note) -> RetentionFile:
    match note.fact:
        case facts.HoldPlaced(reason=reason):
            file = file.with_(holds={**file.holds, note.id: reason}, **_UNDECIDED)
        case facts.HoldLifted(hold=hold):
            file = file.with_(holds={key: one for key, one in file.holds.items() if key != hold})
        case facts.ErasureProposed() as fact:
            proposal = Proposal(**fact.model_dump(exclude={"fact", "at"}))
            file = file.with_(proposal=proposal, refused_until=None, **_UNDECIDED)
        case facts.ErasureApproved():
            file = file.with_(approved_at=note.recorded_at, approved_by=note.by.id)
        case facts.ErasureRefused(until=until):
            file = file.with_(proposal=None, refused_until=until, **_UNDECIDED)
        case facts.Erased() as fact:
            file = file.with_(erased_at=fact.at)
    return file
