"""Each letter of a case review, at the stage at which it is owed, from what was recorded."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.product import Product, problem
from tests.api.test_api_case_reviews import ROWAN, WRITTEN, acted, asked, reported_three_times

IN_A_MONTH = (datetime.now(UTC) + timedelta(days=30)).date()


async def letter(product: Product, review: str) -> str:
    answer = await product.officer.get(f"/api/case-reviews/{review}/letter.txt")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


async def decided(product: Product, review: str) -> None:
    sum_ = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()
    said: dict[str, Any] = {"met": True, "reports": [one["report"] for one in sum_["reports"]]}
    await acted(product, review, "threshold_decided", "supervisor", reasons="As counted.", **said)


async def test_what_is_put_in_writing_from_the_application_to_its_end(product: Product) -> None:
    review = await asked(product, await reported_three_times(product))
    first = await letter(product, review)
    assert first.startswith(f"Dear {ROWAN['name']}")
    assert review in first
    assert "We decide this within 10 working days" in first
    page = await product.officer.get(f"/api/case-reviews/{review}/letter.pdf")
    assert page.content[:5] == b"%PDF-"
    assert f"{review}-review-acknowledgement.pdf" in page.headers["content-disposition"]

    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    path = f"/api/case-reviews/{review}/letter.txt"
    problem(await product.officer.get(path), 409, "no-letter-now")
    await decided(product, review)
    answer = await letter(product, review)
    for said in ("There will be a review.", "3 reports count; 3 are needed.", "it counts", "As counted."):
        assert said in answer
    assert "look at this again" not in answer

    await acted(product, review, "threshold_told", **WRITTEN)
    await acted(product, review, "hearing_declined", words="I said it all.")
    await acted(product, review, "partners_asked", agencies=["council"])
    await acted(product, review, "partner_answered", agency="council", words="We went there.")
    await acted(product, review, "review_meeting_held", attended=["council"], words="We met.")
    light = {"to": "council", "words": "Put up a light.", "accepted": True, "by_when": str(IN_A_MONTH)}
    never = {"to": "us", "words": "Ring each week.", "accepted": False, "why_not": "Every two weeks."}
    told: dict[str, Any] = {"reasons": "Nobody knew.", "recommendations": [light, never]}
    await acted(product, review, "review_decided", "supervisor", **told)
    outcome = await letter(product, review)
    for said in (
        "Nobody knew.",
        "Put up a light. They agree. It is to be done by",
        "Every two weeks.",
        "police and",
    ):
        assert said in outcome

    await acted(product, review, "review_outcome_told", route="police_and_crime_commissioner", **WRITTEN)
    await acted(
        product, review, "recommendation_carried_out", recommendation="recommendation-1", words="It is up."
    )
    end = await letter(product, review)
    assert "Put up a light. This was done on" in end
    assert "no longer want" not in end


async def test_what_nobody_wants_any_more_is_ended_in_writing(product: Product) -> None:
    review = await asked(product, await reported_three_times(product))
    await acted(product, review, "case_review_withdrawn", words="It is quiet now.")
    text = await letter(product, review)
    assert "you no longer want the review" in text
    assert "It is quiet now." not in text


async def test_nobody_is_written_to_where_that_is_not_safe(product: Product) -> None:
    by_phone = {"name": "Rowan Example", "phone": "01632 960001", "email": "rowan@example.org"}
    ref = await product.officer.reported(complainant=by_phone)
    answer = await product.officer.post(
        "/api/case-reviews",
        {"asked_by": "victim", "district": "canterbury", "cases": [ref], "words": "Please look."},
    )
    review = answer.json()["ref"]
    assert "Dear Rowan Example" in await letter(product, review)
    await product.officer.recorded(ref, "domestic_abuse_recognised", words="He reads her mail.")
    refused = problem(
        await product.as_("supervisor", "lead-1").get(f"/api/case-reviews/{review}/letter.txt"),
        409,
        "no-letter-now",
    )
    assert "safe way" in refused["detail"]
