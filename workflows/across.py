"""Carries what a fact on one case means for another, or undoes it where the other cannot take it."""

from policy.across import echo_id
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Entry
from policy.facts.joining import CaseSeparated, IncidentSeparated, ReportJoined
from store import cases, reports, timeline
from store.reports import Report
from store.sessions import Reading, Store
from workflows.case_door import CaseDoor, CaseNotRunning, CaseRefused, EngineAway

COULD_NOT_JOIN = "The other case had closed or joined another before this report reached it."


async def carry_across(store: Store, door: CaseDoor, report: Report) -> None:
    """Safe to repeat: the case knows the id. What the other case refuses is undone where it has to be and is
    settled; nothing else comes of it. Raises EngineAway, OutcomeUnknown.
    """
    async with store.reading() as db:
        file = await cases.file_of(db, report.case_ref)
        if await timeline.place_of(db, report.case_ref, report.id):
            return
        await _after_what_it_undoes(db, report)
    if file is not None:
        try:
            await door.record(report.case_ref, report.entry)
        except CaseNotRunning as missing:
            if not await _has_closed(store, report.case_ref):
                raise EngineAway("the case is not open yet") from missing
        except CaseRefused:
            pass
        else:
            return
    await _not_taken(store, door, report)


async def _after_what_it_undoes(db: Reading, report: Report) -> None:
    """A separation waits until the report that it takes back has arrived, or was not taken."""
    if isinstance(report.entry.fact, IncidentSeparated):
        joined = await reports.by_id(db, report.entry.fact.incident)
        if joined is not None and joined.settled_at is None:
            raise EngineAway("what this takes back is still on its way")


async def _has_closed(store: Store, ref: str) -> bool:
    async with store.reading() as db:
        file = await cases.file_of(db, ref)
    return file is not None and file.closed_at is not None


async def _not_taken(store: Store, door: CaseDoor, report: Report) -> None:
    """A case whose report the other could not take stands by itself again: it would be nobody's."""
    async with store.reading() as db:
        now = await reports.moment(db)
    if isinstance(report.entry.fact, ReportJoined):
        ref = report.entry.fact.from_case
        async with store.reading() as db:
            file = await cases.file_of(db, ref)
        if _still_joined_by(file, report):
            fact = CaseSeparated(at=now, reasons=COULD_NOT_JOIN)
            id_ = echo_id(report.id)
            entry = Entry(id=id_, by=SYSTEM, recorded_at=now, fact=fact, digest=id_)
            await _recorded_unless_refused(door, ref, entry)
    async with store.writing() as db:
        await reports.settle(db, [report.id], now)


def _still_joined_by(file: CaseFile | None, report: Report) -> bool:
    return file is not None and file.joined is not None and echo_id(file.joined.about) == report.id


async def _recorded_unless_refused(door: CaseDoor, ref: str, entry: Entry) -> None:
    """Somebody may have separated the case already."""
    try:
        await door.record(ref, entry)
    except CaseRefused:
        return
    except CaseNotRunning as missing:
        raise EngineAway("the joined case cannot be reached") from missing
