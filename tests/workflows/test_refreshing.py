"""Asked to, whatever runs begins a new run, and nothing else about it changes."""

import asyncio
from uuid import uuid4

import pytest

from gateways.delivery import DeliveryUnavailable
from policy.case_review import facts as reviewed
from policy.case_review.procedure import CASE_REVIEW
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.parts import Part
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action.procedure import LEGAL_ACTION
from policy.referral.procedure import REFERRAL
from policy.tenure import Tenure
from tests.given import OFFICER, contact
from tests.policy.happenings import effect, taken_on
from tests.workflows.running import Case, Cases, until_running
from tests.workflows.test_beside_cases import referral, until_heard
from workflows.asking import Asking
from workflows.beside import id_of
from workflows.case_kind import workflow_id
from workflows.procedure_door import door_to


async def legal_action(_: Cases, case: Case) -> tuple[str, str]:
    await case.record(taken_on(case.now, "perpetrator-1", Part.PERPETRATOR))
    await case.record(effect(case.now))
    proposed = LegalActionProposed(
        at=case.now, remedy="injunction", tenure=Tenure.ASSURED, very_serious="A knife.", reasons="Nobody is safe."
    )
    seq = await case.record(proposed)
    await case.until_recorded(seq + 1)
    ref = f"{case.ref}-{seq}"
    return LEGAL_ACTION.name, ref


async def a_referral(_: Cases, case: Case) -> tuple[str, str]:
    await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
    ref = f"{case.ref}-{await case.record(referral(case, 'victim_support'))}"
    await until_heard(case, {"referral_moved": 1})
    return REFERRAL.name, ref


async def a_review(cases_here: Cases, case: Case) -> tuple[str, str]:
    asking = Asking(cases_here.store, case.door, {})
    asked = reviewed.CaseReviewAsked(
        at=case.now, asked_by=reviewed.Asker.VICTIM, district="canterbury", cases=(case.ref,), words="Nothing."
    )
    entry = reviewed.ReviewEntry(id=str(uuid4()), by=OFFICER, recorded_at=case.now, fact=asked, digest="x")
    application = await asking.receive(entry)
    await asking.begin(application)
    await until_heard(case, {"case_review_begun": 1})
    return CASE_REVIEW.name, application.ref


async def refreshed(case: Case, id_: str) -> None:
    handle = case.door.client.get_workflow_handle(id_)
    before = (await handle.describe()).run_id
    await handle.signal("refresh")
    async with asyncio.timeout(60):
        while (await handle.describe()).run_id == before:
            await asyncio.sleep(0.05)


async def test_a_case_begins_a_new_run_and_stands_where_it_stood(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(await case.record(contact(case.now)))
    await case.events_when_idle()
    before, facts = await case.standing(), await case.facts()
    await refreshed(case, workflow_id(case.ref))
    assert (await case.standing(), await case.facts()) == (before, facts)
    assert "WORKFLOW_EXECUTION_CONTINUED_AS_NEW" not in await case.events()
    await case.until_recorded(await case.record(contact(case.now)))


@pytest.mark.parametrize("begun", [legal_action, a_referral, a_review])
async def test_what_is_carried_on_beside_a_case_does_too(cases_here: Cases, begun: object) -> None:
    assert callable(begun)
    case = await cases_here.open()
    await case.until_recorded(2)
    kind, ref = await begun(cases_here, case)
    door = door_to(kind, case.door)
    await until_running(door, ref)
    before = await door.live(ref)
    await refreshed(case, id_of(door.rulebook, ref))
    assert await door.live(ref) == before


async def test_a_letter_that_is_on_its_way_is_waited_for(cases_here: Cases) -> None:
    cases_here.mail.failing += [DeliveryUnavailable("Not now.")]
    case = await cases_here.open()
    await case.until_recorded(1)
    await refreshed(case, workflow_id(case.ref))
    assert len(cases_here.mail.sent) == 1
    await case.events_when_idle()
    assert (await case.facts()).count("letter_sent") == 1
    tasks = [e.activity_task_scheduled_event_attributes async for e in case.handle.fetch_history_events()]
    assert "send" not in {task.activity_type.name for task in tasks}
