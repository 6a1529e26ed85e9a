"""The pages for staff, each in the states that it can be in, and the way to get there."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from begun_here import Writer
from beside_a_case import legal_action_on, review_on
from beside_here import TO_ISSUED, case_review, legal_action, listed
from own_link import NOW, case_of
from referred_here import sent_to_agency
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


def at(address: str) -> Way:
    async def way(site: Product) -> str:
        return address.format(ref=await full(site))

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


async def _empty(site: Product) -> str:
    return f"/cases/{await case_of(site, person=None)}"


async def _sent_to_us(site: Product) -> str:
    """A file in each state, and one of which nobody has said what it is."""
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-5"))
    for state in (one for one in FileState if one is not FileState.ERASED):
        await added(site.resources.everything, ref, name=f"video of {state}.mp4", state=state)
    return f"/cases/{ref}/evidence"


async def _to_pass_on(site: Product) -> str:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-5"))
    file = await added(site.resources.everything, ref)
    async with site.records.writing() as db:
        here = evidence_files.c.id == file.id
        await db.connection.execute(
            update(evidence_files).where(here).values(shared_size=7, shared_sha256="0" * 64)
        )
    return f"/cases/{ref}/evidence/{file.id}/shared-copy?to=court"


async def _of_no_case(site: Product) -> str:
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
        yes = {"fact": "focus_area_accepted", "words": "We walk there."}
        if accepted:
            await site.supervisor.post(f"/api/focus-areas/{id_}/facts", yes)
        return where.format(id=id_)

    return way


async def _abuse(site: Product) -> str:
    abuse = DomesticAbuseRecognised(at=NOW, words="By him.")
    return f"/cases/{await case_of(site, CaseAllocated(at=NOW, officer='officer-5'), abuse)}"


async def _reviewed(site: Product) -> str:
    """A case with an action that its last review left."""
    before = NOW - timedelta(days=9)
    plan = (contact(before), assessed(before), ActionPlanned(at=before, words="Fit a light."), h.review(before))
    return f"/cases/{await case_of(site, *plan, at=before)}/record/case_reviewed"


async def _handed_over(site: Product) -> str:
    asked = Asked(str(uuid4()), None, "officer-6", "", "", (await full(site), "CW-1999-000001"))
    until = datetime.now(UTC) + timedelta(minutes=5)
    return f"/handed-over?sent={issue_asked(site.settings, 'supervisor-5', asked.told, until)}"


async def _to_approve(site: Product) -> str:
    await case_of(site, h.hate(NOW), h.proposal(NOW))
    return "/approvals"


def begun(address: str) -> Way:
    """Where something stands that was typed and not sent."""

    async def way(site: Product) -> str:
        ref = await full(site)
        await Writer(site, "officer-5").types(f"/cases/{ref}/record/contact_made")
        return address.format(ref=ref)

    return way


_REFERRALS: list[str] = []
"""That of all pages of the community safety team, once it is made."""


def _of_safety(address: str) -> Way:
    """With something of each kind that the community safety team sees to."""

    async def way(site: Product) -> str:
        if not _REFERRALS:
            ref = await full(site)
            await legal_action(site, *TO_ISSUED, listed(21), case=ref)
            await case_review(site, int(ref[-6:]), ref)
            _REFERRALS.append((await sent_to_agency(site)).ref)
        return address.format(referral=_REFERRALS[0])

    return way


_HOME: Final[dict[str, Any]] = {"address": ["1 Invented Row"], "tenure": "assured", "starts": "2020-01-06"}
_WORK: Final = {
    "kind": "campaign",
    "title": "Lights",
    "words": "New ones.",
    "starts": "2020-01-06",
    "cost": 120050,
}

STATES: dict[str, tuple[str, Way]] = {
    "today": ("/today", at("/today")),
    "today, begun": ("/today", begun("/today")),
    "case": ("/cases/{ref}", at("/cases/{ref}")),
    "form, begun": ("/cases/{ref}/record/{fact}", begun("/cases/{ref}/record/contact_made")),
    "what a report is about": ("/reports/new", at("/reports/new")),
    "report": ("/reports/new/{category}", at("/reports/new/noise")),
    "incident": ("/cases/{ref}/incidents", at("/cases/{ref}/incidents")),
    "community safety": ("/safety", _of_safety("/safety")),
    "legal actions": ("/safety/legal-actions", _of_safety("/safety/legal-actions")),
    "hearings": ("/safety/hearings", _of_safety("/safety/hearings")),
    "hate cases": ("/safety/hate", _of_safety("/safety/hate")),
    "case reviews": ("/safety/case-reviews", _of_safety("/safety/case-reviews")),
    "agencies": ("/safety/partners", _of_safety("/safety/partners")),
    "board": ("/board", at("/board")),
    "find": ("/find", at("/find")),
    "help": ("/help", at("/help")),
    "person": ("/people/{id_}", of("people")),
    "person, put right": ("/people/{id_}/correct", of("people", "/people/{id}/correct")),
    "person, moved": ("/people/{id_}/move", of("people", "/people/{id}/move")),
    "person, who looked": ("/people/{id_}/lookings", of("people", "/people/{id}/lookings")),
    "person, all of it": ("/people/{id_}/record", of("people", "/people/{id}/record")),
    "home": (
        "/tenancies/{id_}",
        of("tenancies", **_HOME),
    ),
    "place": ("/places/{id_}", of("places", name="Invented Court", ward="Invented", every_working_days=5)),
    "somebody new": ("/people/new", at("/people/new")),
    "tenancy, new": ("/tenancies/new", of("people", "/tenancies/new?person={id}")),
    "tenancy, put right": ("/tenancies/{id_}/correct", of("tenancies", "/tenancies/{id}/correct", **_HOME)),
    "tenancy, over": ("/tenancies/{id_}/end", of("tenancies", "/tenancies/{id}/end", **_HOME)),
    "prevention": ("/prevention", of("prevention", "/prevention", **_WORK)),
    "prevention, new": ("/prevention/new", at("/prevention/new")),
    "prevention, one": ("/prevention/{id_}", of("prevention", **_WORK)),
    "prevention, put right": ("/prevention/{id_}/correct", of("prevention", "/prevention/{id}/correct", **_WORK)),
    "prevention, over": ("/prevention/{id_}/end", of("prevention", "/prevention/{id}/end", **_WORK)),
    "focus areas": ("/focus-areas", in_focus_area("/focus-areas")),
    "focus area, proposed": ("/focus-areas/{id_}", in_focus_area("/focus-areas/{id}")),
    "focus area, under way": ("/focus-areas/{id_}", in_focus_area("/focus-areas/{id}", accepted=True)),
    "focus area, accepted": (
        "/focus-areas/{id_}/record/{fact}",
        in_focus_area("/focus-areas/{id}/record/focus_area_accepted"),
    ),
    "focus area, reviewed": (
        "/focus-areas/{id_}/record/{fact}",
        in_focus_area("/focus-areas/{id}/record/focus_area_reviewed", accepted=True),
    ),
    "trends": ("/trends", at("/trends")),
    "board, live": ("/board/live", at("/board/live")),
    "one-to-one": ("/one-to-one", at("/one-to-one")),
    "hand over": ("/hand-over", at("/hand-over?officer=officer-5")),
    "handed over": ("/handed-over", _handed_over),
    "approvals": ("/approvals", _to_approve),
    "a record": ("/retention/{ref}", at("/retention/{ref}")),
    "access": ("/access-review/{ref}", at("/access-review/{ref}")),
    "review": ("/cases/{ref}/record/{fact}", _reviewed),
    "register": ("/cases", at("/cases")),
    "register, nothing found": ("/cases", at("/cases?stage=closed&hate=yes")),
    "case, then": ("/cases/{ref}/as-of", at("/cases/{ref}/as-of?day=" + NOW.date().isoformat())),
    "evidence": ("/cases/{ref}/evidence", _sent_to_us),
    "a copy to pass on": ("/cases/{ref}/evidence/{id_}/shared-copy", _to_pass_on),
    "evidence, none": ("/cases/{ref}/evidence", at("/cases/{ref}/evidence")),
    "letters": ("/cases/{ref}/letters", held("/cases/{ref}/letters")),
    "letters, none can go": ("/cases/{ref}/letters", at("/cases/{ref}/letters")),
    "a letter": ("/cases/{ref}/letters/{key}", held("/cases/{ref}/letters/update-3")),
    "a letter gets words": ("/cases/{ref}/record/{fact}", held("/cases/{ref}/record/letter_worded?key=update-3")),
    "evidence of no case": ("/evidence", _of_no_case),
    "referral": ("/referrals/{ref}", with_referral("")),
    "referral answered": ("/referrals/{ref}/record/{fact}", with_referral("/record/referral_answered")),
    "legal action": ("/legal-actions/{ref}", in_legal_action("")),
    "court decided": ("/legal-actions/{ref}/record/{fact}", in_legal_action("/record/court_decided")),
    "case review": ("/case-reviews/{ref}", in_review("")),
    "threshold": ("/case-reviews/{ref}/record/{fact}", in_review("/record/case_review_acknowledged")),
    "case, empty": ("/cases/{ref}", _empty),
    "case, domestic abuse": ("/cases/{ref}", _abuse),
    **{
        fact: ("/cases/{ref}/record/{fact}", at(f"/cases/{{ref}}/record/{fact}"))
        for fact in ("contact_made", "assessed", "need_told", "notice_proposed", "hate_perceived", "promise_kept")
    },
}

PROTECTING = frozenset({"person, who looked", "person, all of it"})
"""What the data protection officer looks at."""
LEADING = {"hand over", "handed over", "review", "approvals", "a record", "access"}
LEADING |= {"focus areas", "focus area, accepted", "trends"}
"""What a supervisor looks at."""


FILES = {
    "/cases/{ref}/evidence/{id_}/file",
    "/cases/{ref}/letters/{key}/pdf",
    "/evidence/{id_}/file",
}
"""What is saved, and no page."""
