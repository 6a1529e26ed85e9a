"""Whoever has no account names their case, and learns nothing of ours by it."""

import pytest

from tests.api.product import Product, problem
from tests.api.test_api_case_reviews import ASKED


async def test_somebody_without_an_account_names_their_case_and_does_not_learn_whether_there_is_one(
    product: Product,
) -> None:
    theirs = await product.officer.reported()
    answers = []
    for ref in (theirs, "CW-2020-000001"):
        unreachable = await product.public.post("/api/case-reviews", ASKED | {"asker": None, "cases": [ref]})
        problem(unreachable, 409, "asker-cannot-be-answered")
        answer = await product.public.post("/api/case-reviews", ASKED | {"cases": [ref]})
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


async def test_a_victim_whose_case_says_nowhere_to_write_to_says_where(product: Product) -> None:
    anonymous = await product.officer.reported(complainant=None)
    by_phone = await product.officer.reported(complainant={"name": "Rowan", "phone": "01632 960001"})
    by_post = await product.officer.reported(complainant={"address": ["2 Invented Row"]})
    by_another = await product.officer.reported(reporter="witness")
    about = {"name": "Ashley Invented", "address": ["3 Invented Row"]}
    of_them = await product.officer.reported(complainant=None, about=about)
    ask = ASKED | {"asker": {"name": "Rowan Example"}}
    for cases in ([anonymous], [anonymous, by_phone], [by_another], [of_them]):
        refused = await product.officer.post("/api/case-reviews", ask | {"cases": cases})
        told = problem(refused, 409, "asker-cannot-be-answered")
        assert " and ".join(cases) in told["detail"]
        assert told["missing"] == ["an e-mail address or a postal address"]
        answer = await product.officer.post("/api/case-reviews", ASKED | {"cases": cases})
        assert answer.status_code == 201, answer.text
    answer = await product.officer.post("/api/case-reviews", ask | {"cases": [by_phone, by_post]})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("by", ["public", "officer"])
@pytest.mark.parametrize("asked_by", ["victim", "professional"])
async def test_whoever_asks_says_where_an_answer_reaches_them(product: Product, by: str, asked_by: str) -> None:
    caller = product.public if by == "public" else product.officer
    ask = {name: said for name, said in ASKED.items() if name != "asker"}
    ask |= {"asked_by": asked_by, "victim_agrees": True}
    told = problem(await caller.post("/api/case-reviews", ask), 409, "asker-cannot-be-answered")
    assert told["missing"] == ["an e-mail address or a postal address"]
    assert "an e-mail address, or a postal address" in told["detail"]
