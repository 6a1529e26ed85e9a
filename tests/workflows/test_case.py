"""A case as a workflow: it waits, notices, writes and ends, and nothing is lost on the way."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.common import SearchAttributeKey
from temporalio.exceptions import ApplicationError

from policy.case_file import Stage
from policy.facts import Entry
from policy.facts.closing import CaseClosed, Closing, ClosureApproved, ClosureProposed, Outcome
from policy.facts.questionnaires import QuestionnaireAnswered
from tests.given import SUPERVISOR, assessed, contact, entry
from tests.workflows.running import Cases
from workflows.case import CaseWorkflow
from workflows.case_door import CaseNotRunning, CaseRefused
from workflows.loop import EVENTS_BEFORE_CONTINUING

EVENTS_A_FACT = 11
"""Update accepted and completed, a task that takes it, an activity that writes it, a task that hears of that."""


async def test_a_report_is_entered_and_acknowledged(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    assert await case.facts() == ["report_received", "letter_sent"]
    [mail] = cases_here.mail.sent
    assert mail.to.address == "rowan@example.org"
    assert mail.attachment is not None
    assert mail.attachment.pdf.startswith(b"%PDF")


async def test_a_missed_first_contact_is_noticed_once_and_at_its_moment(cases_here: Cases) -> None:
    case = await cases_here.open()
    [due] = [d.due for d in (await case.standing()).deadlines if d.key == "first-contact"]
    await case.until(due)
    missed = [line for line in await case.until_recorded(4) if line.fact == "deadline_missed"]
    assert [(m.content or {})["key"] for m in missed] == ["assessment", "first-contact"]
    assert all(m.at == due for m in missed)
    assert all(timedelta(0) <= m.recorded_at - due < timedelta(seconds=5) for m in missed)
    await case.until(due + timedelta(days=1))
    assert (await case.facts()).count("deadline_missed") == 2


async def test_a_contact_in_time_written_down_late_corrects_the_miss(cases_here: Cases) -> None:
    case = await cases_here.open()
    [due] = [d.due for d in (await case.standing()).deadlines if d.key == "first-contact"]
    await case.until(due)
    await case.until_recorded(4)
    await case.record(contact(due - timedelta(hours=3)))
    standing = await case.standing()
    assert "first-contact" not in {d.key for d in standing.deadlines}
    assert "deadline_missed" in await case.facts()


async def test_contact_re_arms_regular_contact_until_it_is_kept(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(contact(case.now, every=5))
    [first] = [d.due for d in (await case.standing()).deadlines if d.key == "regular-contact"]
    await case.until(first - timedelta(hours=2))
    await case.record(contact(case.now))
    [second] = [d.due for d in (await case.standing()).deadlines if d.key == "regular-contact"]
    assert second > first
    await case.until(first + timedelta(minutes=1))
    assert not [d for d in (await case.standing()).deadlines if d.key == "regular-contact" and d.noticed]


async def test_a_refusal_says_what_is_missing_and_leaves_no_trace(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    before = await case.events()
    with pytest.raises(CaseRefused) as refused:
        await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Done."))
    assert refused.value.refusal.refused == "CaseNotReadyToClose"
    assert refused.value.refusal.row == "closing-letter"
    assert refused.value.refusal.missing == ("assessment", "first contact", "proposed closure")
    new = (await case.events())[len(before) :]
    assert not [kind for kind in new if "UPDATE" in kind]
    assert len(await case.timeline()) == 2


async def test_the_same_key_gives_the_same_receipt_and_another_body_is_refused(cases_here: Cases) -> None:
    case = await cases_here.open()
    fact = entry(contact(case.now), recorded_at=case.now)
    receipts = await asyncio.gather(*(case.door.record(case.ref, fact) for _ in range(5)))
    assert len({r.seq for r in receipts}) == 1
    other = fact.model_copy(update={"digest": "another body"})
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await case.handle.execute_update(CaseWorkflow.record, other)
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == "KeyUsedForAnotherFact"
    await case.until_recorded(3)
    assert (await case.facts()).count("contact_made") == 1


async def test_an_incident_is_taken_once_however_often_it_is_signalled(cases_here: Cases) -> None:
    case = await cases_here.open()
    told = entry(case.again(), recorded_at=case.now)
    for _ in range(3):
        await case.door.incident(case.ref, told)
    await case.until_recorded(await case.record(contact(case.now)))
    assert (await case.facts()).count("incident_reported") == 1


async def test_signals_have_the_names_that_are_sent(cases_here: Cases) -> None:
    """A misnamed signal would be accepted and dropped."""
    case = await cases_here.open()
    handle = case.door.client.get_workflow_handle(case.handle.id)
    await handle.signal("incident", entry(case.again(), recorded_at=case.now))
    await handle.signal("nudge")
    lines = await case.until_recorded(3)
    assert "incident_reported" in [line.fact for line in lines]


async def test_a_signal_that_cannot_be_read_does_not_freeze_the_case(cases_here: Cases) -> None:
    case = await cases_here.open()
    handle = case.door.client.get_workflow_handle(case.handle.id)
    await handle.signal("incident", "not an entry")
    assert await case.record(contact(case.now))


async def test_a_fact_costs_no_more_history_than_its_floor(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(contact(case.now))
    await case.until_recorded(3)
    before = len(await case.events_when_idle())
    for _ in range(20):
        seq = await case.record(contact(case.now))
        await case.until_recorded(seq)
    events = await case.events_when_idle()
    assert len(events) - before <= 20 * EVENTS_A_FACT
    assert events.count("TIMER_CANCELED") <= 1


async def test_a_storm_continues_as_new_and_loses_and_doubles_nothing(cases_here: Cases) -> None:
    case = await cases_here.open()
    first = entry(contact(case.now), recorded_at=case.now)
    await case.door.record(case.ref, first)
    told = [entry(case.again(), recorded_at=case.now) for _ in range(150)]
    made = [entry(contact(case.now), recorded_at=case.now) for _ in range(600)]

    async def tell() -> None:
        for one in told:
            await case.door.incident(case.ref, one)

    async def make(some: list[Entry]) -> None:
        for one in some:
            await case.door.record(case.ref, one)

    run = (await case.handle.describe()).run_id
    await asyncio.gather(tell(), *(make(made[n::4]) for n in range(4)))
    lines = await case.until_recorded(2 + 1 + 750)
    assert (await case.handle.describe()).run_id != run
    assert sorted(
        line.fact_id for line in lines if line.by_role == "officer" and line.fact != "report_received"
    ) == sorted(one.id for one in [first, *told, *made])
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    last = max(made, key=lambda one: next(x.seq for x in lines if x.fact_id == one.id))
    assert (await case.door.record(case.ref, last)).seq == next(x.seq for x in lines if x.fact_id == last.id)
    assert len(await case.events()) < EVENTS_BEFORE_CONTINUING + 200
    assert {d.key for d in (await case.standing()).deadlines} == {"assessment", "regular-contact", "review"}


async def test_a_case_closes_when_its_letter_has_gone_and_then_is_over(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    seq = await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    await case.until_recorded(seq + 1)
    await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Stopped."))
    (asked,) = (await case.standing()).deadlines
    await case.record(QuestionnaireAnswered(at=case.now, matter=asked.key, answers={"satisfied": "very"}))
    async with asyncio.timeout(60):
        ended = await case.handle.result()
    assert ended.stage is Stage.CLOSED
    assert [mail.subject for mail in cases_here.mail.sent] == [f"Your reference {case.ref}"] * 2
    with pytest.raises(CaseNotRunning):
        await case.record(contact(case.now))
    with pytest.raises(CaseNotRunning):
        await case.door.incident(case.ref, entry(case.again(), recorded_at=case.now))


async def test_a_closed_case_asks_once_more_how_it_was_and_then_is_over(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    seq = await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    await case.until_recorded(seq + 1)
    await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Stopped."))
    await case.until(case.now + timedelta(days=60))
    async with asyncio.timeout(60):
        ended = await case.handle.result()
    assert ended.deadlines == ()
    assert len(cases_here.mail.sent) == 3
    assert (await case.facts())[-3:] == ["deadline_missed", "letter_sent", "deadline_missed"]


async def test_an_incident_ends_a_proposed_closure(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    await case.door.incident(case.ref, entry(case.again(), recorded_at=case.now))
    with pytest.raises(CaseRefused, match="proposed closure"):
        await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Stopped."))


async def test_a_serious_closure_waits_for_a_supervisor(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(contact(case.now))
    await case.record(assessed(case.now, serious=True))
    with pytest.raises(CaseRefused, match="appointment"):
        await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    with pytest.raises(CaseRefused) as refused:
        await case.record(ClosureApproved(at=case.now, words="Yes."), SUPERVISOR)
    assert refused.value.refusal.refused == "NoClosureProposed"


async def test_the_engine_s_own_pages_show_where_the_case_stands_and_nobody_s_name(cases_here: Cases) -> None:
    case = await cases_here.open("violence")
    await case.record(contact(case.now))
    described = await case.handle.describe()
    attributes = described.typed_search_attributes
    assert attributes[SearchAttributeKey.for_keyword("CaseStage")] == "reported"
    assert attributes[SearchAttributeKey.for_bool("CaseSerious")] is True
    assert await described.static_summary() == case.ref
    metadata = await case.handle.query("__temporal_workflow_metadata")
    assert case.ref in metadata.current_details
    assert "Rowan" not in str(metadata) + str(attributes) + case.handle.id


async def test_stage_follows_in_the_search_attributes(cases_here: Cases) -> None:
    case = await cases_here.open()
    seq = await case.record(assessed(case.now))
    await case.until_recorded(seq)
    described = await case.handle.describe()
    assert described.typed_search_attributes[SearchAttributeKey.for_keyword("CaseStage")] == "open"
