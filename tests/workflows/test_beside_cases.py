"""Legal actions and referrals beside one case: each goes on, and each still reaches it, whatever run it is in."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from policy.facts import CaseFact, Fact
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part, PersonJoined
from policy.facts.proceedings import LegalActionProposed
from policy.facts.referring import ReferralProposed
from policy.legal_action import facts as acts
from policy.procedures.base import ProcedureFile, beside
from policy.procedures.kinds import KINDS
from policy.referral import facts as refs
from policy.tenure import Tenure
from tests.given import OFFICER, SUPERVISOR, contact, entry
from tests.policy import happenings as h
from tests.workflows.running import Case, Cases
from workflows.procedure_door import door_to

LEGAL: Final = "legal-action"
REFERRAL: Final = "referral"
STORM: Final = 160
"""Facts, of which each costs about eleven events."""

Refs = dict[str, list[str]]


async def five(case: Case) -> Refs:
    """Two legal actions and three referrals, by their kind."""
    await case.record(PersonJoined(at=case.now, key="perpetrator-1", part=Part.PERPETRATOR))
    await case.record(h.effect(case.now))
    await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
    begun: Refs = {LEGAL: [], REFERRAL: []}
    for remedy in ("injunction", "injunction_with_arrest_or_exclusion"):
        begun[LEGAL].append(await beside_it(case, LEGAL, legal_action(case, remedy)))
    for agency in ("education", "wardens", "gp"):
        begun[REFERRAL].append(await beside_it(case, REFERRAL, referral(case, agency)))
    return begun


async def beside_it(case: Case, kind: str, fact: CaseFact) -> str:
    return beside(case.ref, f"{kind}-{await case.record(fact)}")


def legal_action(case: Case, remedy: str) -> CaseFact:
    told = {
        "remedy": remedy,
        "person": "perpetrator-1",
        "tenure": Tenure.ASSURED,
        "very_serious": "A knife.",
    }
    return LegalActionProposed.model_validate({"at": case.now, "reasons": "So."} | told)


def referral(case: Case, agency: str) -> CaseFact:
    told = {
        "agency": agency,
        "about": ("complainant",),
        "what": "All.",
        "why": "Help.",
        "gateway": Gateway.CONSENT,
    }
    return ReferralProposed.model_validate({"at": case.now} | told)


async def acted(case: Case, kind: str, ref: str, fact: Fact) -> None:
    """Once it has begun, by whoever may."""
    by = SUPERVISOR if isinstance(fact, acts.TeamReviewed) else OFFICER
    told: Any = entry(contact(case.now))
    one = KINDS[kind].rulebook.entry.model_validate(told.model_dump() | {"by": by, "fact": fact})
    await door_to(kind, case.door).record(ref, one)


async def until_heard(case: Case, wanted: dict[str, int]) -> None:
    """So many of each fact stand in the case's timeline."""
    async with asyncio.timeout(60):
        while (told := await counted(case, wanted)) != wanted:
            assert all(told[fact] <= count for fact, count in wanted.items()), told
            await asyncio.sleep(0.05)


async def counted(case: Case, names: Iterable[str]) -> dict[str, int]:
    facts = await case.facts()
    return {name: facts.count(name) for name in names}


async def storm(case: Case) -> None:
    for _ in range(STORM):
        await case.record(contact(case.now))


async def step(case: Case, begun: Refs) -> None:
    for ref in begun[LEGAL]:
        await acted(case, LEGAL, ref, acts.TeamReviewed(at=case.now, goes_on=True, words="Well."))
    for ref in begun[REFERRAL]:
        await acted(case, REFERRAL, ref, refs.ReferralHandedOver(at=case.now, words="Rang them."))


async def file_of(case: Case, kind: str, ref: str) -> ProcedureFile:
    return await door_to(kind, case.door).file(ref)


async def test_two_legal_actions_and_three_referrals_reach_a_case_that_continues_as_new(cases_here: Cases) -> None:
    case = await cases_here.open()
    begun = await five(case)
    await until_heard(case, {"legal_action_told": 2, "referral_told": 3})
    run = (await case.handle.describe()).run_id
    await asyncio.gather(storm(case), step(case, begun))
    assert (await case.handle.describe()).run_id != run
    await until_heard(case, {"legal_action_moved": 2, "referral_moved": 3})

    gone, *others = begun[REFERRAL]
    await acted(case, REFERRAL, gone, refs.ReferralAnswered(at=case.now, taken_up=False, words="No room."))
    await until_heard(case, {"referral_finished": 1})
    await case.record(ConsentWithdrawn(at=case.now, purpose=Purpose.REFERRAL, words="No more."))
    await until_heard(case, {"referral_told": 5, "referral_moved": 5})
    for ref in others:
        assert (await file_of(case, REFERRAL, ref)).stage == "withdrawn_to_tell"
        await acted(case, REFERRAL, ref, refs.AgencyToldOfWithdrawal(at=case.now, words="Rang them."))
    for ref in begun[LEGAL]:
        ended = acts.LegalActionEnded(at=case.now, how=acts.Ended.GIVEN_UP, reasons="He has moved away.")
        await acted(case, LEGAL, ref, ended)
    await until_heard(case, {"referral_finished": 3, "legal_action_finished": 2})
    for kind, refs_ in begun.items():
        for ref in refs_:
            assert (await file_of(case, kind, ref)).finished
