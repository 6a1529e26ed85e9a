"""What an entry says is put right beside it: nothing is rewritten, and the original shows that."""

from uuid import uuid4

import pytest

from cli.verify import verify_file
from store.sessions import Store
from tests.api.product import Product, problem
from tests.store.erasing import everything_of_somebody

WRONG = {"seq": 3, "wrong": "That she rang.", "right": "Her neighbour rang."}


async def test_a_correction_stands_beside_the_entry_also_of_a_closed_case(product: Product, store: Store) -> None:
    ref, officer, key = (await everything_of_somebody(store)).case, product.officer, str(uuid4())
    before = (await officer.get(f"/api/cases/{ref}/timeline")).json()["entries"][2]
    for _ in range(2):
        answer = await officer.post(f"/api/cases/{ref}/corrections", WRONG, key)
        assert answer.status_code == 201, answer.text
    after = (await officer.get(f"/api/cases/{ref}/timeline")).json()["entries"][2]
    (correction,) = after.pop("corrected_by")
    assert (correction["id"], correction["right"], correction["by_id"]) == (key, WRONG["right"], "officer-1")
    assert before == after | {"corrected_by": []}
    export = (await officer.get(f"/api/cases/{ref}/timeline.jsonl")).text
    assert WRONG["right"] in export
    assert verify_file(export.splitlines()).clean
    answer = await officer.post(f"/api/cases/{ref}/corrections", WRONG | {"right": "Another."}, key)
    problem(answer, 409, "key-used-for-another-body")


async def test_so_does_one_of_what_is_carried_on_beside_a_case(product: Product, store: Store) -> None:
    held = await everything_of_somebody(store)
    path, wrong = f"/api/legal-actions/{held.action}", WRONG | {"seq": 1}
    answer = await product.officer.post(f"{path}/corrections", wrong)
    assert answer.status_code == 201, answer.text
    entries = (await product.officer.get(f"{path}/timeline")).json()["entries"]
    assert [one["right"] for one in entries[0]["corrected_by"]] == [WRONG["right"]]
    problem(await product.officer.post(f"{path}/corrections", WRONG | {"seq": 99}), 404, "entry-not-found")
    for elsewhere in (f"/api/referrals/{held.action}", f"/api/legal-actions/{held.case}-99"):
        problem(await product.officer.post(f"{elsewhere}/corrections", wrong), 404, "not-found")
    problem(await product.ops.post(f"{path}/corrections", wrong), 403, "not-yours-to-do")


async def test_what_was_never_said_is_not_corrected(door: Product, ref: str) -> None:
    problem(await door.officer.post(f"/api/cases/{ref}/corrections", WRONG), 404, "entry-not-found")


@pytest.mark.parametrize("seq", [0, 2**31, "three", 1.5])
async def test_a_place_in_the_timeline_is_a_number(door: Product, ref: str, seq: object) -> None:
    answer = await door.officer.post(f"/api/cases/{ref}/corrections", WRONG | {"seq": seq})
    problem(answer, 422, "not-understood")
