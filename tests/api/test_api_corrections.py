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


async def test_what_was_never_said_is_not_corrected(door: Product, ref: str) -> None:
    problem(await door.officer.post(f"/api/cases/{ref}/corrections", WRONG), 404, "entry-not-found")


@pytest.mark.parametrize("seq", [0, 2**31, "three", 1.5])
async def test_a_place_in_the_timeline_is_a_number(door: Product, ref: str, seq: object) -> None:
    answer = await door.officer.post(f"/api/cases/{ref}/corrections", WRONG | {"seq": seq})
    problem(answer, 422, "not-understood")
