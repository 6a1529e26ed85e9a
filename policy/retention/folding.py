"""What is decided of a record, after a fact."""

from policy.facts.base import Role
from policy.journal import Note
from policy.retention import facts
from policy.retention.record import Proposal, RetentionFile

_UNDECIDED = {"approved_at": None, "approved_by": None}


def after(file: RetentionFile, note: Note) -> RetentionFile:
    return _folded(file, note).with_(seq=file.seq + 1)


def _folded(file: RetentionFile, note: Note) -> RetentionFile:
    match note.fact:
        case facts.HoldPlaced(reason=reason):
            by_them = (note.id,) if note.by.role is Role.DATA_PROTECTION else ()
            protected = (*file.protected, *by_them)
            file = file.with_(holds={**file.holds, note.id: reason}, protected=protected, **_UNDECIDED)
        case facts.HoldLifted(hold=hold):
            left = {key: one for key, one in file.holds.items() if key != hold}
            file = file.with_(holds=left, lifted_by=note.by.id)
        case facts.ErasureProposed() as fact:
            proposal = Proposal(**fact.model_dump(exclude={"fact", "at"}))
            file = file.with_(proposal=proposal, refused_until=None, **_UNDECIDED)
        case facts.ErasureApproved():
            file = file.with_(approved_at=note.recorded_at, approved_by=note.by.id)
        case facts.ErasureRefused(until=until):
            file = file.with_(proposal=None, refused_until=until, **_UNDECIDED)
        case facts.ErasureLapsed():
            file = file.with_(proposal=None, **_UNDECIDED)
        case facts.Erased() as fact:
            file = file.with_(erased_at=fact.at)
    return file
