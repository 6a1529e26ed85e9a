"""retention: nobody who had a case or worked on it approves that it is erased, and no hold is lifted for that."""

import pytest

from policy.facts import Actor
from policy.facts.base import Role
from policy.facts.reviewing import CaseAllocated, CaseReviewed, CoverArranged
from policy.refusals.retention import HoldOfDataProtection, LiftedItsHold, NotForItsOfficer
from policy.retention import facts as keeping
from policy.retention.facts import HoldReason
from store import erasure, recording
from store.sessions import Store
from store.worked_on import worked_on
from tests.given import EDITION, OFFICER, SUPERVISOR, entry, report
from tests.store.erasing import DAY, MANAGER, OVER, REPORTED, Held, closed_case, decided, everything_of_somebody
from tests.store.reviewed import REVIEW, review_of

APPROVED = keeping.ErasureApproved(at=OVER)
PROTECTION = Actor(id="dpo-1", role=Role.DATA_PROTECTION)


def supervisor(id_: str) -> Actor:
    return Actor(id=id_, role=Role.SUPERVISOR)


async def handed_on(store: Store) -> str:
    """Of one officer, then another, covered for a week, and reviewed by a supervisor."""
    at = REPORTED + DAY
    ref = await closed_case(
        store,
        entry(report(REPORTED)),
        CaseAllocated(at=REPORTED, officer="had-it-first"),
        CoverArranged(at=REPORTED, officer="covered-it", until=at.date()),
        CaseAllocated(at=at, officer="had-it-last"),
    )
    async with store.writing() as db:
        seen = CaseReviewed(at=at, policy_followed=True, words="Looked at it.")
        file_seq = await recording.record(db, ref, 1, [], at)
        await recording.record(db, ref, file_seq + 1, [entry(seen, supervisor("reviewed-it"))], at)
        assert await erasure.propose(db, ref, OVER, EDITION)
    return ref


@pytest.mark.parametrize("who", ["had-it-first", "covered-it", "had-it-last", "reviewed-it", OFFICER.id])
async def test_nobody_who_had_the_case_or_recorded_on_it_approves(store: Store, who: str) -> None:
    ref = await handed_on(store)
    with pytest.raises(NotForItsOfficer):
        await decided(store, ref, APPROVED, supervisor(who))
    await decided(store, ref, APPROVED, supervisor("somebody-else"))


async def test_nobody_who_decided_a_review_or_had_a_case_of_it_approves(store: Store) -> None:
    case = await handed_on(store)
    await review_of(store, case, decided_by="decided-it")
    async with store.writing() as db:
        assert await erasure.propose(db, REVIEW, OVER, EDITION)
        assert {"decided-it", "had-it-first"} <= set(await worked_on(db, REVIEW))
    for who in ("decided-it", "had-it-first"):
        with pytest.raises(NotForItsOfficer):
            await decided(store, REVIEW, APPROVED, supervisor(who))
    await decided(store, REVIEW, APPROVED, supervisor("somebody-else"))


async def test_whoever_lifted_a_hold_on_somebody_on_the_case_does_not_approve(store: Store) -> None:
    held: Held = await everything_of_somebody(store)
    placed = keeping.HoldPlaced(at=OVER, reason=HoldReason.COURT)
    hold = await decided(store, held.person, placed, PROTECTION)
    lifted = keeping.HoldLifted(at=OVER, hold=hold)
    with pytest.raises(HoldOfDataProtection):
        await decided(store, held.person, lifted, SUPERVISOR)
    await decided(store, held.person, lifted, PROTECTION)
    hold = await decided(store, held.person, placed, MANAGER)
    await decided(store, held.person, keeping.HoldLifted(at=OVER, hold=hold), SUPERVISOR)
    async with store.writing() as db:
        assert await erasure.propose(db, held.case, OVER, EDITION)
    with pytest.raises(LiftedItsHold):
        await decided(store, held.case, APPROVED, SUPERVISOR)
    await decided(store, held.case, APPROVED, MANAGER)
