"""A focus area's file after a fact."""

from datetime import datetime

from policy.facts.ruling import DeadlineMissed
from policy.focus_areas import facts
from policy.focus_areas.file import DECISION, REVIEW, Counting, FocusAreaFile, State
from policy.journal import Note


def after(file: FocusAreaFile, note: Note, counting: Counting) -> FocusAreaFile:
    return _folded(file, note, counting).with_(seq=file.seq + 1)


def _folded(file: FocusAreaFile, note: Note, counting: Counting) -> FocusAreaFile:
    match note.fact:
        case facts.FocusAreaProposed() as fact:
            numbers = facts.Numbers(**fact.model_dump(include=set(facts.Numbers.model_fields)))
            days = counting.edition.focus_areas.decide_working_days
            return _owing(file.with_(numbers=numbers), DECISION, note.recorded_at, days, counting)
        case facts.FocusAreaAccepted() as fact:
            every = fact.every_working_days or counting.longest()
            file = file.with_(state=State.UNDER_WAY, owner=fact.owner or note.by.id, decided_at=fact.at)
            return _owing(file.with_(every_working_days=every), REVIEW, fact.at, every, counting)
        case facts.FocusAreaRefused() as fact:
            return file.with_(state=State.REFUSED, decided_at=fact.at, why_refused=fact.why, owed={})
        case facts.FocusAreaReviewed() as fact:
            every = fact.every_working_days or file.every_working_days
            file = file.with_(owner=fact.owner or file.owner, every_working_days=every)
            return _owing(file, REVIEW, fact.at, every, counting)
        case facts.FocusAreaEnded() as fact:
            return file.with_(state=State.ENDED, ended_at=fact.at, result=fact.result, owed={})
        case DeadlineMissed() as fact:
            file = file.missed(fact.key, fact.due, note.recorded_at, counting)
    return file


def _owing(file: FocusAreaFile, key: str, since: datetime, days: int, counting: Counting) -> FocusAreaFile:
    return file.with_(owed={key: counting.owed(key, since, days, file.seq + 1)})
