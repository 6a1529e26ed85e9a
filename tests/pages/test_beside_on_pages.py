"""Legal actions, referrals and case reviews on pages of their own, with forms for what happens there."""

from typing import Any
from uuid import uuid4

import httpx2
from beside_a_case import legal_action_on, review_on
from beside_here import TO_THE_MEETING, case_review
from own_link import case_of

from pages.staff.beside import EVERY, Pages
from pages.staff.recording.choices import choices_beside
from pages.staff.recording.inputs import inputs_of
from policy.case_review.review import ReviewFile
from tests.api.product import Product
from tests.api.test_api_legal_actions import proposed
from tests.given import EDITION, empty_file


async def post(product: Product, path: str, role: str = "officer", **form: Any) -> httpx2.Response:
    headers = product.as_(role).headers() | {"Origin": product.settings.public_origin}
    said = {"idempotency-key": str(uuid4()), "do": "record"} | form
    return await product.http.post(path, data=said, headers=headers)


def test_every_kind_of_fact_beside_a_case_has_a_form() -> None:
    closed = empty_file(EDITION.in_force_from).closure_days
    file = ReviewFile(ref="CR-2024-000001", edition=EDITION.ref, closure_days=closed, district="sevenoaks")
    for beside in EVERY:
        pages = Pages(beside)
        assert pages.forms
        for fact in pages.forms:
            asked = inputs_of(beside.facts[fact], choices_beside(file, EDITION))
            assert asked[-1].name == "at", fact


async def test_a_legal_action_is_carried_on_from_its_page(lived_in: Product) -> None:
    case, ref = await proposed(lived_in)
    shown = (await lived_in.officer.get(f"/cases/{case}")).text
    assert f'href="/legal-actions/{ref}"' in shown
    home = f"/legal-actions/{ref}"
    page = (await lived_in.supervisor.get(home)).text
    assert "Injunction" in page
    assert f"{home}/record/team_reviewed" in page, "what keeps the next day is offered there"
    wrong = await post(lived_in, f"{home}/record/team_reviewed", "supervisor", words="We looked.")
    assert wrong.status_code == 422
    assert "We looked." in wrong.text
    seen = await post(
        lived_in,
        f"{home}/record/team_reviewed",
        "supervisor",
        words="We looked.",
        goes_on="yes",
        do="preview",
    )
    assert "No longer owed:" in seen.text, seen.text
    form = {"words": "We looked.", "goes_on": "yes", "idempotency-key": str(uuid4())}
    for _ in range(2):
        taken = await post(lived_in, f"{home}/record/team_reviewed", "supervisor", **form)
        assert (taken.status_code, taken.headers["location"]) == (303, f"{home}#timeline"), taken.text
    page = (await lived_in.officer.get(home)).text
    assert page.count("We looked.") == 1
    refused = await post(lived_in, f"{home}/record/papers_issued", words="Sent.", court="Invented")
    assert refused.status_code == 409
    assert "Nothing was recorded" in refused.text
    assert "Sent." in refused.text


async def test_who_may_not_record_it_is_told_and_what_is_no_form_is_not_found(site: Product) -> None:
    action, review = await legal_action_on(site), await review_on(site)
    assert (await site.officer.get(f"/legal-actions/{action}/record/team_reviewed")).status_code == 403
    assert (await site.officer.get(f"/case-reviews/{review}/record/case_review_asked")).status_code == 404
    assert (await site.officer.get(f"/referrals/{action}")).status_code == 404
    page = (await site.officer.get(f"/case-reviews/{review}")).text
    assert "I want to know what is done." in page
    assert "Sevenoaks" in page


async def test_what_comes_at_another_point_is_refused_with_what_is_owed_and_then_shown(site: Product) -> None:
    """Agencies are asked once the victim was told whether the threshold is met."""
    early, due = await review_on(site), await case_review(site, await case_of(site), *TO_THE_MEETING[:4])
    for review, status, words in (
        (early, 409, "What is owed now: acknowledge the application"),
        (due, 200, "If you record this"),
    ):
        form = {"agencies": "police", "do": "preview"}
        said = await post(site, f"/case-reviews/{review}/record/partners_asked", **form)
        assert said.status_code == status, said.text
        assert words in said.text
