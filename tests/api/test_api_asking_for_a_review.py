"""Whoever has no account names their case, and learns nothing of ours by it."""

from tests.api.product import Product, problem
from tests.api.test_api_case_reviews import ASKED


async def test_somebody_without_an_account_names_their_case_and_does_not_learn_whether_there_is_one(
    product: Product,
) -> None:
    theirs = await product.officer.reported()
    unreachable = {"asker": None, "cases": [theirs]}
    answers = []
    for ref in (theirs, "CW-2020-000001"):
        answer = await product.public.post("/api/case-reviews", ASKED | unreachable | {"cases": [ref]})
        assert answer.status_code == 201, answer.text
        review = answer.json()["ref"]
        answers.append(answer.json()["words"].replace(review, "…"))
        shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
        assert (shown["file"]["cases"], shown["file"]["claimed"]) == ([], [ref])
        (find,) = [one for one in shown["deadlines"] if one["key"] == "case"]
        assert find["owed"] == f"Find the case that this is about, or open one (they name {ref})"
    assert answers[0] == answers[1]
    assert answers[0].startswith("We have your application for a case review. Its reference is …: please give it")
    assert (await product.officer.get(f"/api/cases/{theirs}")).json()["beside"] == []
    for wrong in ("mine", ["mine"], [7], [[]], ["CW-2020-000001"] * 11):
        told = problem(
            await product.public.post("/api/case-reviews", ASKED | {"cases": wrong}), 422, "not-understood"
        )
        assert told["detail"] == "Give up to 10 references such as CW-2026-000123, or leave them out."
