"""A letter can be looked at before it goes, given its own words and sent: what is seen is what is sent."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from tests.api.product import Product, problem, until

OURS = "We rang your neighbour on Monday."
ADDED = "Pat comes at nine."


def text_of(file: Path) -> str:
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n").strip()


async def letter_to_look_at(product: Product) -> tuple[str, str]:
    """The case, and the key of a letter that is held on it."""
    ref = await product.officer.reported()
    at = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["reported_at"]
    told: dict[str, Any] = {"at": at, "kind": "update", "own_words": OURS, "held": True}
    await product.officer.recorded(ref, "letter_asked_for", **told)
    owed = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["deadlines"]
    (key,) = [one["key"].removeprefix("letter:") for one in owed if one["key"].startswith("letter:update")]
    return ref, key


async def test_a_held_letter_is_seen_as_a_draft_worded_and_sent_as_it_was_seen(product: Product) -> None:
    ref, key = await letter_to_look_at(product)
    seen = await product.officer.get(f"/api/cases/{ref}/letters/{key}/draft.txt")
    assert seen.status_code == 200
    assert seen.text.startswith("Draft.")
    assert OURS in seen.text
    page = await product.officer.get(f"/api/cases/{ref}/letters/{key}/draft.pdf")
    assert page.content[:5] == b"%PDF-"
    assert page.headers["cache-control"] == "no-store"
    await product.officer.recorded(ref, "letter_worded", key=key, own_words=ADDED)
    worded = (await product.officer.get(f"/api/cases/{ref}/letters/{key}/draft.txt")).text
    assert ADDED in worded
    assert OURS not in worded
    await product.officer.recorded(ref, "letter_released", key=key)

    async def gone() -> Any:
        letters = (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]
        return letters if {one["state"] for one in letters} == {"sent"} and len(letters) == 2 else None

    went = {one["kind"]: one for one in await until(gone, 60)}
    assert (went["acknowledgement"]["automatic"], went["update"]["automatic"]) == (True, False)
    assert product.mailbox is not None
    texts = [text_of(one.file) for one in product.mailbox.messages()]
    assert [text for text in texts if ADDED in text] == [worded.partition("\n\n")[2].strip()]


async def test_what_is_not_to_go_has_no_draft(product: Product) -> None:
    ref, key = await letter_to_look_at(product)
    other = await product.officer.reported()
    for path in (f"{other}/letters/{key}", f"{ref}/letters/warning-9", f"{ref}/letters/acknowledgement-99"):
        problem(await product.officer.get(f"/api/cases/{path}/draft.pdf"), 404, "letter-not-found")
        problem(await product.officer.get(f"/api/cases/{path}/draft.txt"), 404, "letter-not-found")
    problem(await product.officer.get(f"/api/cases/{ref}/letters/No/draft.pdf"), 422, "not-understood")


async def test_a_letter_that_is_made_and_waits_for_the_post_has_no_other_draft(product: Product) -> None:
    by_post = {"name": "Rowan Example", "address": ["2 Invented Row", "Sevenoaks"]}
    ref = await product.officer.reported(complainant=by_post)

    async def waits() -> Any:
        letters = (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]
        return [one["key"] for one in letters if one["state"] == "to_post"]

    (key,) = await until(waits, 60)
    problem(await product.officer.get(f"/api/cases/{ref}/letters/{key}/draft.pdf"), 409, "letter-is-made")
