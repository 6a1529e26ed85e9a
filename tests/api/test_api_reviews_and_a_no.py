"""Over HTTP: no agency is asked in a case review against somebody's word, and the case shows whom others told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.product import Product, problem, until
from tests.api.test_api_case_reviews import WRITTEN, act, acted, asked, reported_three_times

REASON = "child_or_adult_at_risk"


async def up_to_asking(product: Product, *cases: str, **more: Any) -> str:
    review = await asked(product, *cases, **more)
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    await acted(product, review, "victim_heard", means="visit", words="I want to sleep.")
    shown = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()["reports"]
    yes = {"met": True, "reports": [one["report"] for one in shown], "reasons": "As counted."}
    await acted(product, review, "threshold_decided", "supervisor", **yes)
    await acted(product, review, "threshold_told", **WRITTEN, route="police_and_crime_commissioner")
    return review


async def disclosed(product: Product, ref: str) -> list[tuple[Any, ...]]:
    page = (await product.officer.get(f"/api/cases/{ref}/disclosures")).json()
    names = ("review", "fact", "to", "lawful_reason")
    told = page["in_case_reviews"]
    return [(*(one[name] for name in names), [no["who"] for no in one["against"]]) for one in told]


async def test_no_agency_is_asked_against_somebody_s_word_and_the_case_shows_what_was_told(
    product: Product,
) -> None:
    ref = await reported_three_times(product)
    await product.officer.recorded(ref, "consent_refused", purpose="police", words="No police.")
    await product.officer.recorded(ref, "consent_refused", purpose="referral", agency="council", words="No.")
    review = await up_to_asking(product, ref)
    asking: dict[str, Any] = {"agencies": ["police", "council", "gp"]}
    told = problem(await act(product, review, "partners_asked", **asking), 409, "no-gateway")
    assert told["detail"].startswith(f"The complainant on {ref} said no to this: The police, The council.")
    assert told["missing"] == ["a supervisor's lawful reason"]
    ours = await act(product, review, "partners_asked", **asking, against=[])
    problem(ours, 422, "not-understood")
    by_officer = await act(product, review, "partners_asked", **asking, lawful_reason=REASON)
    problem(by_officer, 409, "no-gateway")
    assert await disclosed(product, ref) == []
    await acted(product, review, "partners_asked", "supervisor", **asking, lawful_reason=REASON)
    await product.officer.recorded(ref, "consent_given", purpose="referral", agency="council", words="Yes.")
    for agency in asking["agencies"]:
        await acted(product, review, "partner_answered", agency=agency, words="So.")
    await acted(product, review, "review_meeting_held", attended=["police", "council"], words="All spoke.")
    assert await disclosed(product, ref) == [
        (review, "partners_asked", asking["agencies"], REASON, ["complainant"] * 2),
        (review, "review_meeting_held", ["police", "council"], None, ["complainant"]),
    ]


async def test_whoever_was_not_asked_and_says_no_since_is_asked_about_by_nobody(product: Product) -> None:
    hate = {"strands": ["race"], "perceived_by": "victim"}
    ref = await product.officer.reported(hate=hate, place={"ward": "Sevenoaks"})
    review = await up_to_asking(product, ref, district="sevenoaks")
    before = datetime.now(UTC).isoformat()
    await product.officer.recorded(ref, "consent_refused", purpose="police", words="No police.")
    asked_then = await act(product, review, "partners_asked", agencies=["police"], at=before)
    problem(asked_then, 409, "no-gateway")


async def owed(product: Product, ref: str) -> dict[str, Any]:
    shown = (await product.officer.get(f"/api/cases/{ref}")).json()
    return {one["key"]: one for one in shown["standing"]["deadlines"]}


async def test_a_case_sees_to_what_a_meeting_told_against_somebody_s_word(product: Product) -> None:
    ref = await reported_three_times(product)
    review = await up_to_asking(product, ref)
    await acted(product, review, "partners_asked", agencies=["council", "education"])
    for agency in ("council", "education"):
        await acted(product, review, "partner_answered", agency=agency, words="So.")
    await product.officer.recorded(ref, "consent_refused", purpose="referral", agency="council", words="No.")
    await acted(product, review, "review_meeting_held", attended=["council"], words="All spoke.")

    async def told() -> bool:
        entries = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=100)).json()["entries"]
        return [one["fact"] for one in entries].count("told_in_case_review") == 2

    await until(told)
    due = (await owed(product, ref))["disclosure-refusal:council"]
    assert (due["owed_by"], "(The council) that somebody does not agree" in due["owed"]) == ("supervisor", True)
    assert "disclosure-refusal:education" not in await owed(product, ref)


async def test_a_case_that_is_brought_in_after_agencies_were_asked_says_who_does_not_agree(
    product: Product,
) -> None:
    """Of a case that is over nobody else would say so."""
    review = await asked(product)
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    await acted(product, review, "victim_heard", means="visit", words="I want to sleep.")
    days = [(datetime.now(UTC) - timedelta(days=day)).isoformat() for day in (9, 7, 5)]
    elsewhere = [{"reported_at": day, "happened_at": day} for day in days]
    yes = {"met": True, "reports": elsewhere, "reasons": "Told the council."}
    await acted(product, review, "threshold_decided", "supervisor", **yes)
    await acted(product, review, "threshold_told", **WRITTEN)
    await acted(product, review, "partners_asked", agencies=["council"])
    ref = await product.officer.reported()
    for agency in ("council", "education"):
        await product.officer.recorded(ref, "consent_refused", purpose="referral", agency=agency, words="No.")
    await acted(product, review, "case_brought_in", case=ref)
    (told,) = (await product.officer.get(f"/api/case-reviews/{review}")).json()["file"]["tellings"]
    assert [(one["case"], one["agency"], one["who"]) for one in told["against"]] == [
        (ref, "council", "complainant")
    ]
    problem(await act(product, review, "case_brought_in", case=ref, against=[]), 422, "not-understood")


async def test_whoever_agrees_after_all_stands_in_nobody_s_way(product: Product) -> None:
    ref = await reported_three_times(product)
    await product.officer.recorded(ref, "consent_refused", purpose="police", words="No police.")
    review = await up_to_asking(product, ref)
    problem(await act(product, review, "partners_asked", agencies=["police"]), 409, "no-gateway")
    await product.officer.recorded(ref, "consent_given", purpose="police", words="All right.")
    await acted(product, review, "partners_asked", agencies=["police"])
