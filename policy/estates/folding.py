"""A place's file after a fact, and what that did to its deadlines."""

from policy.estates import facts
from policy.estates.file import FINDING, INSPECTION, Counting, PlaceFile, finding_id
from policy.facts.ruling import DeadlineMissed
from policy.journal import Note


def after(file: PlaceFile, note: Note, counting: Counting) -> PlaceFile:
    return _folded(file, note, counting).with_(seq=file.seq + 1)


def _folded(file: PlaceFile, note: Note, counting: Counting) -> PlaceFile:
    match note.fact:
        case facts.PlaceListed() as fact:
            every = fact.every_working_days or counting.longest()
            file = file.with_(every_working_days=every, officer=fact.officer, counted_from=fact.at)
            file = file.owing(counting.inspection(fact.at, every))
        case facts.InspectionPlanChanged() as fact:
            file = _planned(file, fact, counting)
        case facts.PlaceInspected() as fact:
            file = _inspected(file, note, fact, counting)
        case facts.FindingMadeACase(finding=finding) | facts.FindingEnded(finding=finding):
            file = file.without(FINDING + finding)
        case DeadlineMissed() as fact:
            file = file.missed(fact.key, fact.due, note.recorded_at, counting)
        case facts.InspectionsEnded() as fact:
            file = file.with_(ended_at=fact.at).without(INSPECTION)
    return file


def _planned(file: PlaceFile, fact: facts.InspectionPlanChanged, counting: Counting) -> PlaceFile:
    """A shorter interval counts from the change at the earliest: nobody is late at once."""
    every, before = fact.every_working_days or counting.longest(), file.every_working_days
    file = file.with_(every_working_days=every, officer=fact.officer)
    open_one, since = file.owed.get(INSPECTION), file.counted_from
    if open_one is None or since is None or every == before:
        return file
    if every > before:
        return file.owing(counting.inspection(since, every))
    return file.owing(min(open_one, counting.inspection(max(since, fact.at), every), key=lambda d: d.due))


def _inspected(file: PlaceFile, note: Note, fact: facts.PlaceInspected, counting: Counting) -> PlaceFile:
    """The next one counts from the newest. An older one written down later turns no clock back."""
    for number, _ in enumerate(fact.findings, start=1):
        file = file.owing(counting.decision(finding_id(note.id, number), note.recorded_at))
    if file.counted_from is not None and fact.at <= file.counted_from:
        return file
    file = file.with_(counted_from=fact.at, inspected_at=fact.at).without(INSPECTION)
    return file.owing(counting.inspection(fact.at, file.every_working_days))
