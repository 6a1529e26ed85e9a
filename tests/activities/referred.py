"""A referral in the store, as its case and its workflow leave it there, and what it calls for."""

from typing import Any, Final

from activities.referrals import Order
from gateways.calendar import closure_days
from policy.editions.agencies import AgencyChannel
from policy.facts import SYSTEM, CaseFact, Entry, Fact
from policy.facts.base import Actor
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.referring import ReferralProposed
from policy.procedures.base import first_id
from policy.referral.duties import SendReferral, duties
from policy.referral.facts import ReferralBegun, ReferralEntry
from policy.referral.procedure import REFERRAL
from policy.referral.referral import ReferralFile
from store import cases, procedures, recording, recording_beside
from store.sessions import Store
from tests.given import EDITION, OFFICER, a_moment_ago, entry

WHAT: Final = "She cannot sleep.\nShe is afraid to go out."
WHY: Final = "You help people who were hurt."


async def referred(
    store: Store, *facts: CaseFact, channel: AgencyChannel = AgencyChannel.MAIL, **said: Any
) -> Order:
    """On a new case with these facts. `said` of the proposal, and of its beginning where that knows it too."""
    now = a_moment_ago()
    words = {"agency": "victim_support", "about": ("complainant",), "what": WHAT, "why": WHY}
    told: dict[str, Any] = {"at": now, "gateway": Gateway.CONSENT} | words | said
    known = {name: told[name] for name in told.keys() & ReferralBegun.model_fields.keys()}
    proposal = Entry(
        id="proposal", by=OFFICER, recorded_at=now, fact=ReferralProposed.model_validate(told), digest="x"
    )
    agreed = [
        ConsentGiven(at=now, purpose=Purpose.REFERRAL, person=who, words="Yes.")
        for who in told["about"]
        if told["gateway"] is Gateway.CONSENT
    ]
    async with store.writing() as db:
        case = await cases.next_ref(db, now.year)
        await cases.register(db, case, EDITION.ref, closure_days(now.date(), {}), now)
        entries: list[Entry] = [*(entry(fact) for fact in (*facts, *agreed)), proposal]
        await recording.record(db, case, 1, entries, now)
        opening = ReferralFile(
            ref=f"{case}-{len(entries)}", case=case, edition=EDITION.ref, closure_days=closure_days(now.date(), {})
        )
        await procedures.register(db, REFERRAL.name, opening)
    begun = ReferralBegun.model_validate(
        known | {"proposed": proposal.id, "proposed_by": OFFICER.id, "by_channel": channel}
    )
    file = await happened(store, opening.ref, begun, id_=first_id(opening))
    (duty,) = [one for one in duties(file) if isinstance(one, SendReferral)]
    return Order(ref=opening.ref, case=case, duty=duty)


async def happened(  # noqa: PLR0913, PLR0917 - whose it is, and under which key
    store: Store, ref: str, fact: Fact, by: Actor = SYSTEM, id_: str | None = None, body: str = ""
) -> ReferralFile:
    """Recorded on it, without its workflow."""
    async with store.writing() as db:
        before = await procedures.file_of(db, ref)
        assert isinstance(before, ReferralFile)
        seq, key = before.seq + 1, id_ or f"fact-{before.seq + 1}"
        one = ReferralEntry.model_validate(
            {"id": key, "by": by, "recorded_at": fact.at, "fact": fact, "digest": body}
        )
        await recording_beside.record(db, REFERRAL, ref, seq, [one])
        after = await procedures.file_of(db, ref)
    assert isinstance(after, ReferralFile)
    return after
