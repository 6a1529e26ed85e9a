"""To whom a case is open after a fact, and what is owed then."""

from datetime import timedelta

from policy.access import facts
from policy.access.file import ANOTHER_OFFICER, RESTRICTION, REVIEW, AccessFile, Around, Emergency
from policy.journal import Note


def after(file: AccessFile, note: Note, around: Around) -> AccessFile:
    return _folded(file, note, around).with_(seq=file.seq + 1)


def _folded(file: AccessFile, note: Note, around: Around) -> AccessFile:
    match note.fact:
        case facts.AccessRestricted() as fact:
            named = tuple(dict.fromkeys(fact.named))
            file = file.with_(restricted=fact.why, restricted_by=note.by.id, admitted=named)
            file = file.owing(RESTRICTION, "", note.recorded_at, around)
        case facts.RestrictionReviewed(agreed=True):
            file = file.without(RESTRICTION)
        case facts.AccessOpened() | facts.RestrictionReviewed():
            file = file.with_(restricted=None, restricted_by=None, admitted=()).without(RESTRICTION)
        case facts.StaffAdmitted(who=who):
            file = file.with_(admitted=(*file.admitted, who))
        case facts.AdmissionEnded(who=who):
            file = file.with_(admitted=tuple(one for one in file.admitted if one != who))
        case facts.ConflictDeclared() as fact:
            file = _connected(file, note, fact, around)
        case facts.ConflictEnded(who=who):
            conflicts = {one: why for one, why in file.conflicts.items() if one != who}
            file = file.with_(conflicts=conflicts).without(ANOTHER_OFFICER + who)
        case facts.EmergencyAccessTaken():
            file = _taken(file, note, around)
        case facts.EmergencyAccessReviewed() as fact:
            file = _reviewed(file, note, fact)
    return file


def who_is_meant(fact: facts.ConflictDeclared, note: Note) -> str:
    return fact.who or note.by.id


def _connected(file: AccessFile, note: Note, fact: facts.ConflictDeclared, around: Around) -> AccessFile:
    who = who_is_meant(fact, note)
    admitted = tuple(one for one in file.admitted if one != who)
    file = file.with_(conflicts={**file.conflicts, who: fact.why}, admitted=admitted)
    if who not in around.working_on_it:
        return file
    return file.owing(ANOTHER_OFFICER, who, note.recorded_at, around)


def _taken(file: AccessFile, note: Note, around: Around) -> AccessFile:
    until = note.recorded_at + timedelta(hours=around.edition.access.emergency_hours)
    taken = Emergency(who=note.by.id, at=note.at, until=until)
    file = file.with_(emergencies={**file.emergencies, note.id: taken})
    return file.owing(REVIEW, note.id, note.recorded_at, around)


def _reviewed(file: AccessFile, note: Note, fact: facts.EmergencyAccessReviewed) -> AccessFile:
    taken = file.emergencies[fact.taken]
    ends = taken.until if fact.justified else min(taken.until, note.recorded_at)
    reviewed = taken.model_copy(update={"reviewed_at": note.at, "until": ends, "justified": fact.justified})
    return file.with_(emergencies={**file.emergencies, fact.taken: reviewed}).without(REVIEW + fact.taken)
