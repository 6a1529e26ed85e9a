"""What a recorded fact means for another case, kept beside it in one transaction for the relay to carry there."""

from datetime import datetime

from policy.across import echo_id, told_elsewhere
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Entry, Role
from policy.facts.joining import IncidentSeparated
from policy.facts.reporting import ReportReceived
from store import cases, reports, timeline
from store.reports import Report
from store.sessions import Writing


async def keep(db: Writing, file: CaseFile, entry: Entry, now: datetime) -> None:
    """`file` is the case as it was before the entry, which stands in the timeline already.
    What is called a case and is none, in a report that says what it follows, is told nothing.
    """
    for told in told_elsewhere(file, entry):
        if not await cases.is_registered(db, told.ref):
            continue
        echo = Entry(id=told.id, by=SYSTEM, recorded_at=entry.recorded_at, fact=told.fact, digest=told.id)
        await _kept(db, told.ref, echo, now)
    if isinstance(entry.fact, IncidentSeparated) and entry.by.role is not Role.SYSTEM:
        await _kept_as_a_report(db, file.ref, entry, entry.fact, now)


async def _kept(db: Writing, ref: str, entry: Entry, now: datetime) -> None:
    report = Report(
        id=entry.id,
        case_ref=ref,
        opens_case=False,
        digest=entry.digest,
        entry=entry,
        received_at=entry.recorded_at,
    )
    await reports.keep(db, report, tried_at=now)


async def _kept_as_a_report(db: Writing, ref: str, entry: Entry, fact: IncidentSeparated, now: datetime) -> None:
    """The incident becomes the first report of a case that does not have its reference yet, and follows the case
    on which it was told. Nothing is made where what it said was erased meanwhile; the door saw that it was there.
    """
    said = await timeline.content_of(db, ref, fact.incident)
    if said is None or said["fact"] != "incident_reported":
        return
    told_on = said.get("told_on") or ref
    told = ReportReceived.model_validate(said | {"fact": "report_received", "follows": told_on})
    id_ = echo_id(entry.id)
    report = Entry(id=id_, by=entry.by, recorded_at=entry.recorded_at, fact=told, digest=id_)
    await _kept(db, told_on, report, now)
