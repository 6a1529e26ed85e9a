"""The way to each page for staff, with what must be there to see it in the state in which it is looked at."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from begun_here import Writer
from beside_a_case import legal_action_on, review_on
from beside_here import TO_ISSUED, case_review, legal_action, listed
from figures_here import report_here
from own_link import NOW, case_of
from referred_here import sent_to_agency
from simulated_here import simulated_here
from sqlalchemy import update

from pages.staff.handing_over import Asked
from policy.facts.evidence import EvidenceKind, EvidenceReceived
from policy.facts.letters import LetterAskedFor, LetterKind
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.facts.people import Means
from policy.facts.promising import ActionPlanned, PromiseMade
from policy.facts.reviewing import CaseAllocated
from runtime.tokens import issue_asked
from store.evidence_files import FileState, evidence_files
from tests.activities.referred import referred
from tests.api.product import Product
from tests.given import assessed, contact, report
from tests.policy import happenings as h
from tests.store.a_focus_area import focus_area
from tests.store.test_evidence_kept import added

Way = Callable[[Product], Awaitable[str]]


async def full(site: Product) -> str:
    """A case with something in each part of its page."""
    safe = SafeContact(means=(Means.PHONE,))
    return await case_of(
        site,
        CaseAllocated(at=NOW, officer="officer-5"),
        contact(NOW),
        h.hate(NOW),
        assessed(NOW),
        PromiseMade(at=NOW, words="We mend the lock."),
        EvidenceReceived(at=NOW, kind=EvidenceKind.RECORDING, words="A recording."),
        NeedTold(at=NOW, kind="hearing", words="Large print, please.", safe_contact=safe),
        *(h.attempt(NOW) for _ in range(20)),
    )


async def long(site: Product) -> str:
    """Five hundred lines."""
    attempts = [h.attempt(NOW) for _ in range(498)]
    return f"/cases/{await case_of(site, CaseAllocated(at=NOW, officer='officer-5'), *attempts)}"


_FULL: dict[str, str] = {}
"""By site, that of all pages that only show it."""


def at(address: str) -> Way:
    async def way(site: Product) -> str:
        if site.base not in _FULL:
            _FULL[site.base] = await full(site)
        return address.format(ref=_FULL[site.base])

    return way


def in_figures(address: str, *, made: bool = True) -> Way:
    async def way(site: Product) -> str:
        return address.format(id=await report_here(site, made=made))

    return way


def of(noun: str, where: str = "/{noun}/{id}", **told: object) -> Way:
    """Somebody or somewhere that we know; a home with nobody else in it."""

    async def way(site: Product) -> str:
        id_ = (await site.officer.post("/api/people", {"name": "Rosalind Example"})).json()["id"]
        if noun != "people":
            more = {"people": [{"person": id_, "place": "tenant"}]} if noun == "tenancies" else {}
            id_ = (await site.officer.post(f"/api/{noun}", told | more)).json()["id"]
        return where.format(noun=noun, id=id_)

    return way


def held(address: str) -> Way:
    """Of a case with a letter that waits to be looked at."""

    async def way(site: Product) -> str:
        letter = LetterAskedFor(at=NOW, kind=LetterKind.UPDATE, own_words="We rang them.", held=True)
        return address.format(ref=await case_of(site, CaseAllocated(at=NOW, officer="officer-5"), letter))

    return way


async def empty(site: Product) -> str:
    return f"/cases/{await case_of(site, person=None)}"


async def sent_to_us(site: Product) -> str:
    """A file in each state, and one of which nobody has said what it is."""
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-5"))
    for state in (one for one in FileState if one is not FileState.ERASED):
        await added(site.resources.everything, ref, name=f"video of {state}.mp4", state=state)
    return f"/cases/{ref}/evidence"


async def to_pass_on(site: Product) -> str:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-5"))
    file = await added(site.resources.everything, ref)
    async with site.records.writing() as db:
        here = evidence_files.c.id == file.id
        await db.connection.execute(
            update(evidence_files).where(here).values(shared_size=7, shared_sha256="0" * 64)
        )
    return f"/cases/{ref}/evidence/{file.id}/shared-copy?to=court"


async def of_no_case(site: Product) -> str:
    await added(site.resources.everything, None, name="video of nobody.mp4")
    return "/evidence"


def with_referral(more: str) -> Way:
    async def way(site: Product) -> str:
        return f"/referrals/{(await referred(site.records, report(NOW))).ref}{more}"

    return way


def in_legal_action(more: str) -> Way:
    async def way(site: Product) -> str:
        return f"/legal-actions/{await legal_action_on(site)}{more}"

    return way


def in_review(more: str) -> Way:
    async def way(site: Product) -> str:
        return f"/case-reviews/{await review_on(site)}{more}"

    return way


def in_focus_area(where: str, *, accepted: bool = False) -> Way:
    async def way(site: Product) -> str:
        id_ = await focus_area(site.records, NOW)
        if accepted:
            yes = {"fact": "focus_area_accepted", "words": "We walk there."}
            await site.supervisor.post(f"/api/focus-areas/{id_}/facts", yes)
        return where.format(id=id_)

    return way


async def abuse(site: Product) -> str:
    abuse = DomesticAbuseRecognised(at=NOW, words="By him.")
    return f"/cases/{await case_of(site, CaseAllocated(at=NOW, officer='officer-5'), abuse)}"


async def reviewed(site: Product) -> str:
    """A case with an action that its last review left."""
    before = NOW - timedelta(days=9)
    plan = (contact(before), assessed(before), ActionPlanned(at=before, words="Fit a light."), h.review(before))
    return f"/cases/{await case_of(site, *plan, at=before)}/record/case_reviewed"


async def handed_over(site: Product) -> str:
    asked = Asked(str(uuid4()), None, "officer-6", "", "", (await full(site), "CW-1999-000001"))
    until = datetime.now(UTC) + timedelta(minutes=5)
    return f"/handed-over?sent={issue_asked(site.settings, 'supervisor-5', asked.told, until)}"


async def to_approve(site: Product) -> str:
    await case_of(site, h.hate(NOW), h.proposal(NOW))
    return "/approvals"


def at_simulation(address: str, *, made: bool = True) -> Way:
    async def way(site: Product) -> str:
        return address.format(id=await simulated_here(site, made=made))

    return way


def begun(address: str) -> Way:
    """Where something stands that was typed and not sent."""

    async def way(site: Product) -> str:
        ref = await full(site)
        await Writer(site, "officer-5").types(f"/cases/{ref}/record/contact_made")
        return address.format(ref=ref)

    return way


_REFERRALS: list[str] = []
"""That of all pages of the community safety team, once it is made."""


def of_safety(address: str) -> Way:
    """With something of each kind that the community safety team sees to."""

    async def way(site: Product) -> str:
        if not _REFERRALS:
            ref = await full(site)
            await legal_action(site, *TO_ISSUED, listed(21), case=ref)
            await case_review(site, ref)
            _REFERRALS.append((await sent_to_agency(site)).ref)
        return address.format(referral=_REFERRALS[0])

    return way


HOME: Final[dict[str, Any]] = {"address": ["1 Invented Row"], "tenure": "assured", "starts": "2020-01-06"}
WORK: Final = {
    "kind": "campaign",
    "title": "Lights",
    "words": "New ones.",
    "starts": "2020-01-06",
    "cost": 120050,
}
