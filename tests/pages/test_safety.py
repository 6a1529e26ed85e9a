"""What the community safety team sees to: legal actions, hate cases, case reviews and what agencies owe."""

import re
from datetime import timedelta
from uuid import uuid4

from beside_here import BEGUN, NOW, TO_ISSUED, TO_THE_MEETING, case_review, in_days, legal_action, listed
from own_link import case_of
from referred_here import sent_to_agency
from sqlalchemy import update

from policy.case_review import facts as reviews
from policy.facts.disclosing import Gateway
from policy.facts.groups import GroupCalled, GroupKind, GroupMeetingHeld
from policy.facts.proceedings import Known
from policy.facts.promising import ActionPlanned
from policy.facts.reporting import HatePerception, Perceiver, Strand
from policy.facts.reviewing import CaseAllocated
from policy.legal_action.windows import by_law
from policy.working_days import day_in_words
from store.cases import cases
from store.procedures import procedures
from tests.api.product import Product
from tests.api.test_api_referrals import referred
from tests.given import EDITION, contact
from tests.policy import happenings as h

POLICE = next(one.name for one in EDITION.agencies if one.key == "police")
LONG_AGO = NOW - timedelta(days=60)


async def shown(site: Product, page: str, role: str = "community_safety", name: str = "community_safety-4") -> str:
    answer = await site.http.get(f"/safety{page}", headers=site.as_(role, name).headers())
    assert answer.status_code == 200, answer.text
    return answer.text


def item(page: str, ref: str) -> str:
    """What stands about it in a list."""
    at = page.index(f">{ref}" if f">{ref}" in page else ref)
    return page[at : page.find("</li>\n  <li class", at)]


async def shut(site: Product, ref: str) -> None:
    async with site.records.writing() as db:
        here = cases.c.ref == ref
        await db.connection.execute(update(cases).where(here).values(restricted=True, officer="officer-1077"))


async def test_legal_actions_say_whose_where_and_what_closes_with_the_late_first(site: Product) -> None:
    window = by_law(in_days(-30), in_days(20), "Housing Act 1988, section 8")
    late = await legal_action(
        site,
        BEGUN.model_copy(update={"at": LONG_AGO, "remedy": "possession", "known": Known(window=window)}),
    )
    later = await legal_action(site, *TO_ISSUED, listed(21))
    hidden = await legal_action(site)
    await shut(site, hidden.removesuffix("-7"))
    page = await shown(site, "/legal-actions")
    assert page.index(late) < page.index(later)
    assert hidden not in page
    assert f"The notice lapses after {day_in_words(in_days(20))}" in item(page, late)
    assert "Late" in item(page, late)
    assert "Review how the case was handled" in item(page, late)
    assert f"The court hears us on {day_in_words(in_days(21))}" in item(page, later)
    assert f'href="/cases/{later.removesuffix("-7")}"' in page
    assert "Rowan" not in page, "names are shown on a case's page alone"
    to_a_solicitor = await shown(site, "/legal-actions", "solicitor", "solicitor-4")
    assert later in to_a_solicitor
    assert f'href="/cases/{later.removesuffix("-7")}"' not in to_a_solicitor


async def test_what_was_finished_is_on_no_board(site: Product) -> None:
    over = await legal_action(site, *TO_ISSUED, listed(2))
    before = await shown(site, "/legal-actions")
    async with site.records.writing() as db:
        await db.connection.execute(update(procedures).where(procedures.c.ref == over).values(finished=True))
    assert over in before
    assert over not in await shown(site, "/legal-actions")


async def test_hate_cases_say_what_was_perceived_the_risk_and_what_is_owed(site: Product) -> None:
    both = HatePerception(strands=(Strand.RACE, Strand.DISABILITY), perceived_by=Perceiver.WITNESS)
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-4"), h.hate(LONG_AGO, both))
    spoken = await case_of(site, h.hate(NOW), contact(NOW))
    plain, closed = await case_of(site), await case_of(site, h.hate(NOW))
    hidden = await case_of(site, h.hate(NOW))
    await shut(site, hidden)
    async with site.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == closed).values(closed_at=NOW))
    page = await shown(site, "/hate")
    about = item(page, ref)
    assert all(
        word in about for word in ("Race", "Disability", "Late", "officer-4", "not assessed yet", "None yet")
    )
    assert "None yet" not in item(page, spoken)
    assert page.index(ref) < page.index(spoken)
    assert not {plain, closed, hidden} & {one for one in (plain, closed, hidden) if one in page}
    assert "<title>Community safety" in page, "it stands in a browser's tab"


async def test_case_reviews_say_whom_we_asked_and_what_was_recommended(site: Product) -> None:
    case = await case_of(site)
    gathering = await case_review(site, case)
    decided = reviews.ReviewDecided(
        at=NOW,
        reasons="As found.",
        recommendations=(
            reviews.Recommended(to="police", words="Patrol.", accepted=True, by_when=in_days(9)),
            reviews.Recommended(to=reviews.US, words="Mend the light.", by_when=in_days(3)),
        ),
    )
    held = reviews.ReviewMeetingHeld(at=NOW, attended=("police",), words="All spoke.")
    followed = await case_review(site, case, *TO_THE_MEETING, held, decided)
    page = await shown(site, "/case-reviews")
    asked = item(page, gathering)
    assert "Hold the review meeting" in asked
    assert f"{POLICE}: answered" in asked
    assert "no answer yet" in asked
    told = item(page, followed)
    assert f"Recommendation 1, for {POLICE}: accepted, by {day_in_words(in_days(9))}" in told
    assert f"for us: not answered yet, by {day_in_words(in_days(3))}" in told
    hidden = await case_of(site)
    review = await case_review(site, hidden)
    await shut(site, hidden)
    assert review not in await shown(site, "/case-reviews")


async def test_what_agencies_owe_stands_by_agency_with_a_press(site: Product) -> None:
    order = await sent_to_agency(site)
    group = GroupCalled(
        at=LONG_AGO,
        kind=GroupKind.PANEL,
        members=("police", "council"),
        about=("complainant",),
        gateway=Gateway.CONSENT,
        words="Called.",
    )
    met = GroupMeetingHeld(at=LONG_AGO, matter="group-2", came=("police",), words="Met.")
    action = ActionPlanned(
        at=LONG_AGO, words="Patrol on Fridays.", group="group-2", agency="police", by_when=in_days(-20)
    )
    own = ActionPlanned(at=LONG_AGO, words="Our own.", by_when=in_days(-20))
    ref = await case_of(site, group, met, action, own)
    page = await shown(site, "/partners")
    assert f'href="/referrals/{order.ref}/record/referral_chased"' in page
    assert f'href="/referrals/{order.ref}/record/referral_answered"' in page
    for fact in ("action_done", "action_chased", "action_refused"):
        assert f'href="/cases/{ref}/record/{fact}?matter=action-4"' in page
    assert "Patrol on Fridays." not in page, "words are read on the case"
    assert f'href="/cases/{ref}#plan"' in page
    assert "action-5" not in page, "no agency owes what we do ourselves"
    assert f'href="/cases/{ref}/record/group_meeting_arranged?matter=group-2"' in page
    assert "late)" in page
    await shut(site, ref)
    assert ref not in await shown(site, "/partners")


async def test_what_is_wrong_with_an_answer_is_said_and_what_was_typed_stays(site: Product) -> None:
    order = await sent_to_agency(site)
    form = {"key": str(uuid4()), "words": "They ring on Monday.", "by_when": "soon"}
    headers = site.as_("community_safety", "community_safety-4").headers()
    ours = headers | {"Origin": site.settings.public_origin}
    answer = await site.http.post(f"/referrals/{order.ref}/record/referral_answered", data=form, headers=ours)
    assert answer.status_code == 422
    assert "Nothing was recorded" in answer.text
    assert "They ring on Monday." in answer.text
    away = await site.http.post(
        f"/referrals/{order.ref}/record/referral_chased", data={"words": "Rung them."}, headers=ours
    )
    said = {503: "Nothing was recorded", 504: "It may or may not be recorded"}
    assert said[away.status_code] in away.text
    assert "Rung them." in away.text
    assert (await site.http.get(f"/referrals/{order.ref}/record/case_told", headers=headers)).status_code == 404
    assert (await site.http.get(f"/referrals/{order.ref}/record/nothing", headers=headers)).status_code == 404


async def test_only_what_a_role_may_open_is_offered(site: Product) -> None:
    team, solicitor = await shown(site, ""), await shown(site, "", "solicitor", "solicitor-4")
    for page in ("/safety/hate", "/safety/case-reviews", "/safety/partners"):
        assert f'href="{page}"' in team
        assert f'href="{page}"' not in solicitor
    for page in ("/safety/legal-actions", "/safety/hearings"):
        assert f'href="{page}"' in solicitor
    answer = await site.http.get("/safety/hate", headers=site.as_("solicitor", "solicitor-4").headers())
    assert answer.status_code == 403


async def test_what_is_pressed_twice_is_recorded_once(lived_in: Product) -> None:
    _, referral = await referred(lived_in)
    ours = lived_in.officer.headers() | {"Origin": lived_in.settings.public_origin}
    for fact, times in (("referral_handed_over", 1), ("referral_chased", 2)):
        form = {"key": str(uuid4()), "words": "Rung them: they look tomorrow."}
        for _ in range(times):
            answer = await lived_in.http.post(f"/referrals/{referral}/record/{fact}", data=form, headers=ours)
            assert (answer.status_code, answer.headers.get("location")) == (
                303,
                f"/referrals/{referral}#timeline",
            ), answer.text
    entries = (await lived_in.officer.get(f"/api/referrals/{referral}/timeline")).json()["entries"]
    ours_said = [one["fact"] for one in entries if one["by_role"] == "officer"]
    assert ours_said == ["referral_handed_over", "referral_chased"]


async def test_each_leads_to_its_own_page_for_whoever_may_open_it(site: Product) -> None:
    action = await legal_action(site, *TO_ISSUED, listed(21))
    case = action.removesuffix("-7")
    review = await case_review(site, case)
    for page, href in (
        ("/legal-actions", f"/legal-actions/{action}"),
        ("/hearings", f"/legal-actions/{action}"),
        ("/case-reviews", f"/case-reviews/{review}"),
    ):
        assert f'href="{href}"' in await shown(site, page), page
    solicitor = site.as_("solicitor", "solicitor-4")
    for page in (
        await shown(site, "/hearings", "solicitor", "solicitor-4"),
        (await solicitor.get(f"/legal-actions/{action}")).text,
    ):
        assert f'href="/cases/{case}"' not in page, "which is not for them"
    assert 'href="/safety"' in page.partition("<main")[2]
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    for ref, home in ((action, f"/legal-actions/{action}"), (review, f"/case-reviews/{review}")):
        found = await site.http.post("/find", data={"words": ref.lower()}, headers=headers)
        assert found.headers.get("location") == home, found.text


async def test_how_many_referrals_are_open_is_said_as_that(site: Product) -> None:
    await sent_to_agency(site)
    assert re.search("[0-9]+ referrals? open", await shown(site, ""))
