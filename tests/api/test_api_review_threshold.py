"""Over HTTP: what counts towards the threshold of a case review, and on which reports it is decided."""

from datetime import UTC, datetime

from tests.api.product import Product, problem
from tests.api.test_api_case_reviews import DAY, WRITTEN, act, acted, asked, reported_three_times
from tests.api.two_cases import joined


async def test_nobody_is_told_no_while_a_report_on_the_case_is_neither_listed_nor_left_out(
    product: Product,
) -> None:
    review = await asked(product, await reported_three_times(product))
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    await acted(product, review, "victim_heard", means="visit", words="I want to sleep.")
    shown = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()["reports"]
    first, *others = [one["report"] for one in shown]
    told_no = {"met": False, "reasons": "Too few."}
    every, once = "every report of each case", "each report once"
    for listed, missing in (([], every), ([first], every), ([first, first, first], once)):
        no = await act(product, review, "threshold_decided", "supervisor", reports=listed, **told_no)
        told = problem(no, 409, "reports-do-not-fit")
        assert told["missing"] == [missing]
    apart = [one | {"left_out": "same_incident"} for one in others]
    await acted(product, review, "threshold_decided", "supervisor", reports=[first, *apart], **told_no)


async def test_a_yes_without_reports_rests_on_those_that_stand_on_the_cases(product: Product) -> None:
    yes = {"met": True, "reasons": "As counted."}
    few, enough = await asked(product, await product.officer.reported()), await reported_three_times(product)
    await acted(product, few, "case_review_acknowledged", **WRITTEN)
    no = problem(await act(product, few, "threshold_decided", "supervisor", **yes), 409, "threshold-differs")
    assert no["detail"].startswith("1 report counts; 3 are needed.")
    review = await asked(product, enough)
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    await acted(product, review, "threshold_decided", "supervisor", **yes)
    file = (await product.officer.get(f"/api/case-reviews/{review}")).json()["file"]
    assert [one["report"]["case"] for one in file["arithmetic"]["reports"]] == [enough] * 3


async def test_a_yes_rests_on_no_report_of_ours_that_does_not_stand_on_its_case(product: Product) -> None:
    enough = await reported_three_times(product)
    review = await asked(product, enough)
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    shown = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()["reports"]
    as_they_stand = [one["report"] for one in shown]
    made_up = as_they_stand[0] | {"reported_at": "2025-02-03T10:00:00Z", "happened_at": "2025-02-03T10:00:00Z"}
    of_hate = as_they_stand[0] | {"hate": True}
    yes = {"met": True, "reasons": "As counted."}
    for other in (made_up, of_hate):
        reports = [other, *as_they_stand[1:]]
        refused = await act(product, review, "threshold_decided", "supervisor", reports=reports, **yes)
        assert "does not stand on its case" in problem(refused, 409, "reports-do-not-fit")["detail"]
    await acted(product, review, "threshold_decided", "supervisor", reports=as_they_stand, **yes)


async def test_what_came_with_a_joined_case_is_counted_and_once_where_both_are_reviewed(product: Product) -> None:
    into, ref = await product.officer.reported(), await reported_three_times(product)
    await joined(product, ref, into)
    assert len((await product.officer.get(f"/api/cases/{into}")).json()["case_review"]["reports"]) == 4
    review = await asked(product, into)

    async def cases_of_reports() -> list[str]:
        shown = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()["reports"]
        return sorted(one["report"]["case"] for one in shown)

    assert await cases_of_reports() == [into] * 4
    await acted(product, review, "case_brought_in", case=ref)
    assert await cases_of_reports() == sorted([into, ref, ref, ref])


async def test_a_report_made_long_after_it_happened_does_not_count(product: Product) -> None:
    long_ago = (datetime.now(UTC) - 60 * DAY).isoformat()
    ref = await product.officer.reported(happened_at=long_ago)
    review = await asked(product, ref)
    sum_ = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()
    assert (sum_["met"], [one["counts"] for one in sum_["reports"]]) == (False, [False])
    assert "too late" in sum_["reports"][0]["words"]
    for nothing in ("CR-2020-000001", "nonsense"):
        problem(await product.officer.get(f"/api/case-reviews/{nothing}/threshold"), 404, "not-found")
