"""A case that ops have terminated: what is carried on beside it goes on, and still comes to its end. (ADR 17)"""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus

from policy.legal_action import facts as acts
from policy.legal_action.procedure import LEGAL_ACTION
from policy.referral import facts as refs
from policy.referral.codes import ReferralOutcome
from store import timeline
from store.timeline import TimelineEntry
from tests.given import contact
from tests.workflows.running import Case, Cases
from tests.workflows.test_beside_cases import LEGAL, REFERRAL, acted, file_of, five, step, until_heard
from workflows.case_door import CaseNotRunning
from workflows.procedure_door import door_to


async def terminated(case: Case) -> None:
    await case.handle.terminate("by ops")
    assert (await case.handle.describe()).status is WorkflowExecutionStatus.TERMINATED
    with pytest.raises(CaseNotRunning):
        await case.record(contact(case.now))


async def told_of_its_end(case: Case, kind: str, ref: str) -> list[TimelineEntry]:
    """What its own timeline has, once nothing runs there any more."""
    async with asyncio.timeout(60):
        while await door_to(kind, case.door).running(ref):
            await asyncio.sleep(0.05)
    return await lines_of(case, ref)


async def lines_of(case: Case, ref: str) -> list[TimelineEntry]:
    async with case.store.reading() as db:
        return await timeline.entries_of(db, ref)


async def test_a_terminated_case_leaves_its_legal_actions_and_referrals_to_their_own_end(
    cases_here: Cases,
) -> None:
    case = await cases_here.open()
    begun = await five(case)
    await until_heard(case, {"legal_action_told": 2, "referral_told": 3})
    await terminated(case)
    for kind, refs_ in begun.items():
        for ref in refs_:
            assert await door_to(kind, case.door).running(ref)

    await step(case, begun)
    for ref in begun[LEGAL]:
        assert (await file_of(case, LEGAL, ref)).stage == "reviewed"
        ended = acts.LegalActionEnded(at=case.now, how=acts.Ended.GIVEN_UP, reasons="He has moved away.")
        await acted(case, LEGAL, ref, ended)
    for ref in begun[REFERRAL]:
        await acted(case, REFERRAL, ref, refs.ReferralAnswered(at=case.now, taken_up=True, words="We see her."))
        over = refs.ReferralEnded(at=case.now, outcome=ReferralOutcome.HELPED, reasons="As agreed.")
        await acted(case, REFERRAL, ref, over)

    for kind, refs_ in begun.items():
        for ref in refs_:
            lines = await told_of_its_end(case, kind, ref)
            last = [line for line in lines if line.fact == "case_told"][-1]
            assert (await file_of(case, kind, ref)).finished
            assert not (last.content or {})["reached"], "that nobody was there to be told"


async def test_what_falls_due_there_after_that_is_missed_at_its_moment_all_the_same(cases_here: Cases) -> None:
    case = await cases_here.open()
    begun = await five(case)
    await until_heard(case, {"legal_action_told": 2, "referral_told": 3})
    await terminated(case)
    ref = begun[LEGAL][0]
    [due] = [
        one.due for one in LEGAL_ACTION.deadlines(await file_of(case, LEGAL, ref)) if one.key == "team-review"
    ]
    await case.env.fast_forward(door_to(LEGAL, case.door).handle(ref), due - case.now + timedelta(seconds=1))
    async with asyncio.timeout(60):
        while not (missed := [one for one in await lines_of(case, ref) if one.fact == "deadline_missed"]):
            await asyncio.sleep(0.05)
    assert [(one.at, (one.content or {})["key"]) for one in missed] == [(due, "team-review")]
