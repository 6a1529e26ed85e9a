"""A case as it was and as it was known, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from runtime.database import dsn
from tests.api.product import Product, problem, until

REPORTED = "2026-03-02T10:00:00Z"  # a Monday
SPOKE = "2026-03-05T10:00:00Z"
DUE = "2026-03-09T17:00:00Z"
BETWEEN = "2026-03-11T10:00:00Z"


async def reported_and_spoken_to(product: Product) -> str:
    """A report of last March, written down now with a contact in time."""
    ref = await product.officer.reported(at=REPORTED)
    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke.", at=SPOKE)
    return ref


async def as_of(product: Product, ref: str, **moments: str) -> dict[str, Any]:
    answer = await product.officer.get(f"/api/cases/{ref}/as-of", **moments)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def owed(found: dict[str, Any]) -> set[str]:
    return {d["key"] for d in found["standing"]["deadlines"]}


async def test_a_case_is_shown_as_it_was_and_what_was_written_down_later_is_named(product: Product) -> None:
    ref = await reported_and_spoken_to(product)
    was = await as_of(product, ref, at=BETWEEN)
    assert "first-contact" not in owed(was)
    assert "regular-contact" in owed(was)
    assert [line["fact"] for line in was["entries"]] == ["report_received", "contact_made"]
    assert [(line["fact"], line["counts"]) for line in was["recorded_later"]] == [
        ("report_received", True),
        ("contact_made", True),
    ]
    before = await as_of(product, ref, at="2026-03-04T10:00:00Z")
    assert owed(before) == {"first-contact", "assessment", "review"}
    assert before["passed_unnoticed"] == []


async def test_a_case_is_shown_as_it_was_known(product: Product) -> None:
    ref = await reported_and_spoken_to(product)
    known = await as_of(product, ref, at=BETWEEN, known_at=BETWEEN)
    assert known["entries"] == []
    assert known["standing"]["reported_at"] is None
    assert [(line["fact"], line["counts"]) for line in known["recorded_later"]] == [
        ("report_received", False),
        ("contact_made", False),
    ]


async def test_before_it_was_reported_there_was_no_case(product: Product) -> None:
    ref = await reported_and_spoken_to(product)
    answer = await product.officer.get(f"/api/cases/{ref}/as-of", at="2026-03-02T09:59:59Z")
    told = problem(answer, 404, "no-case-then")
    assert told["detail"] == f"There was no case {ref} then: it was reported on Monday 2 March 2026 at 10:00."
    assert [line["fact"] for line in (await as_of(product, ref, at=REPORTED))["entries"]] == ["report_received"]


async def test_without_a_moment_it_is_the_case_as_it_stands(product: Product) -> None:
    ref = await reported_and_spoken_to(product)

    async def settled() -> Any:
        now = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]
        return None if now["letters_waiting"] else now

    now = await until(settled)
    assert (await as_of(product, ref))["standing"] == now
    assert "words" not in str(await as_of(product, ref))


async def test_a_case_whose_past_was_erased_says_so(product: Product, database: str) -> None:
    ref = await reported_and_spoken_to(product)
    connection = await asyncpg.connect(dsn(database))
    await connection.execute(
        "DELETE FROM timeline_content USING timeline t WHERE t.fact = 'contact_made' AND t.case_ref = $1"
        " AND timeline_content.case_ref = t.case_ref AND timeline_content.seq = t.seq",
        ref,
    )
    await connection.close()
    path = f"/api/cases/{ref}/as-of"
    problem(await product.officer.get(path, at=BETWEEN), 410, "content-erased")
    assert (await as_of(product, ref, at="2026-03-04T10:00:00Z"))["standing"]["seq"] == 1


async def test_what_is_no_moment_is_not_understood(product: Product) -> None:
    ref = await product.officer.reported()
    for moment in ("yesterday", "2026-03-02T10:00:00", "2026-03-02T10:00:00 01:00"):
        problem(await product.officer.get(f"/api/cases/{ref}/as-of", at=moment), 422, "not-understood")
    for moment, status in {"0001-01-01T00:00:00%2B14:00": 404, "9999-12-31T23:59:59-14:00": 200}.items():
        answer = await product.officer.get(f"/api/cases/{ref}/as-of?at={moment}")
        assert answer.status_code in {status, 422}
    soon = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    assert (await as_of(product, ref, at=soon, known_at=soon))["standing"]["seq"] >= 1
    problem(await product.officer.get("/api/cases/CW-2026-999999/as-of"), 404, "case-not-found")
