"""Two cases as workflows: one joins the other, waits with it, stands again or ends with it."""

from datetime import timedelta

import pytest

from policy.across import echo_id
from policy.case_file import Stage
from policy.facts import SYSTEM, Entry
from policy.facts.closing import CaseClosed, Closing
from policy.facts.joining import CaseJoined, CaseSeparated
from policy.facts.reporting import IncidentReported
from store import reports
from store.reports import Report
from tests.given import assessed, entry
from tests.workflows.running import Case, Cases
from workflows.across import carry_across
from workflows.case_door import CaseRefused


async def kept_for(case: Case, fact_id: str) -> Report:
    """What the store kept beside the fact, for another case."""
    async with case.store.reading() as db:
        report = await reports.by_id(db, echo_id(fact_id))
    assert report is not None
    return report


async def recorded(case: Case, one: Entry) -> None:
    receipt = await case.door.record(case.ref, one)
    await case.until_recorded(receipt.seq)


async def join(case: Case, other: Case) -> str:
    """Recorded on both. The id of the fact on the first."""
    one = entry(CaseJoined(at=case.now, into=other.ref, reasons="The same music."), recorded_at=case.now)
    await recorded(case, one)
    await carry_across(case.store, case.door, await kept_for(case, one.id))
    await other.until_recorded((await other.standing()).seq)
    return one.id


async def test_a_joined_case_misses_nothing_while_it_rests_and_everything_when_it_stands_again(
    cases_here: Cases,
) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    due = next(d.due for d in (await case.standing()).deadlines if d.key == "first-contact")
    joined = await join(case, other)
    await case.until(due + timedelta(hours=1))
    assert "deadline_missed" not in await case.facts()
    separated = entry(CaseSeparated(at=case.now, reasons="Another flat."), recorded_at=case.now)
    await recorded(case, separated)
    missed = [line for line in await case.until_recorded(6) if line.fact == "deadline_missed"]
    assert {line.at for line in missed} == {due}
    gone = await kept_for(case, separated.id)
    await carry_across(case.store, case.door, gone)
    assert (await other.standing()).joined_here == ()
    assert echo_id(joined) in str(gone.entry.fact)


async def test_a_joined_case_runs_on_until_the_other_closes_and_then_ends(cases_here: Cases) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    await case.until_recorded(2)
    await join(case, other)
    assert (await case.standing()).stage is Stage.JOINED
    assert await case.door.running(case.ref)
    await other.record(assessed(other.now))
    closed = entry(CaseClosed(at=other.now, closing=Closing.DEALT_WITH, reasons="Done."), recorded_at=other.now)
    await recorded(other, closed)
    await carry_across(case.store, case.door, await kept_for(other, closed.id))
    ended = await case.handle.result()
    assert (ended.stage, ended.closing, ended.joined_into) == (Stage.CLOSED, Closing.JOINED, other.ref)


async def test_what_is_carried_twice_is_taken_once(cases_here: Cases) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    joined = await join(case, other)
    for _ in range(3):
        await carry_across(case.store, case.door, await kept_for(case, joined))
    assert (await other.facts()).count("report_joined") == 1
    assert (await other.standing()).joined_here == (case.ref,)


async def test_a_case_that_has_taken_another_s_report_cannot_join_a_third(cases_here: Cases) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    await join(case, other)
    with pytest.raises(CaseRefused) as refused:
        await other.record(CaseJoined(at=other.now, into="CW-2026-000009", reasons="The same."))
    assert refused.value.refusal.refused == "CasesNotJoinable"


async def test_an_incident_is_not_taken_by_a_case_that_has_joined_another(cases_here: Cases) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    await join(case, other)
    await case.door.incident(case.ref, entry(case.again(), recorded_at=case.now))
    seq = await case.record(CaseSeparated(at=case.now, reasons="Another flat."))
    await case.until_recorded(seq)
    assert IncidentReported.model_fields["fact"].default not in await case.facts()


async def test_nobody_but_the_system_closes_a_joined_case(cases_here: Cases) -> None:
    case, other = await cases_here.open(), await cases_here.open()
    await join(case, other)
    closed = CaseClosed(at=case.now, closing=Closing.JOINED, reasons="Done.", with_case=other.ref)
    with pytest.raises(CaseRefused):
        await case.record(closed)
    with pytest.raises(CaseRefused):
        await case.record(closed.model_copy(update={"with_case": "CW-2026-000009"}), SYSTEM)
