"""What the timeline tells beside the case file: the plan with its words, and the reports before."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.editions import of
from policy.frozen import Frozen
from policy.plan import TOLD_BY, Plan, plan
from store import timeline
from store.sessions import Reading

_REPORTS = ("report_received", "incident_reported")


class EarlierReport(Frozen):
    """A report or incident that was told before, on this case or on the one that it follows."""

    case_ref: str
    fact_id: str
    at: datetime


async def of_case(db: Reading, file: CaseFile) -> Plan:
    """Without what retention has erased."""
    told = await timeline.entries_of(db, file.ref, kinds=TOLD_BY)
    facts = [(line.seq, line.entry().fact) for line in told if line.content is not None]
    return plan(facts, deadlines(file, of(file.edition)), file.officer)


async def earlier_reports(db: Reading, file: CaseFile) -> list[EarlierReport]:
    """For an officer who looks again at conduct that was excluded. (persistent-harm-override, section 2)"""
    if file.reassess_since is None:
        return []
    here = await timeline.entries_of(db, file.ref, kinds=_REPORTS)
    follows = here[0].content.get("follows") if here and here[0].content else None
    before = await timeline.entries_of(db, follows, kinds=_REPORTS) if follows else []
    return [EarlierReport(case_ref=line.case_ref, fact_id=line.fact_id, at=line.at) for line in (*before, *here)]
