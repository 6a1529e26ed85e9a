"""policy-simulation: a manager tries a proposed edition on a page."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2
import pytest
from simulated_here import simulated_here
from sqlalchemy import func, select

from store import cases, recording
from store.simulations import progressed, simulations
from tests.api.product import Product, until
from tests.policy.test_tried import HEAD, MONDAY, QUICKER, spoken_to_after

MINUTE = timedelta(minutes=1)
DAYS = {"first": "2023-10-01", "last": "2023-10-31"}


async def sent(site: Product, text: str | bytes | None, key: str = "", **said: str) -> httpx2.Response:
    manager = site.as_("manager", "manager-5")
    headers = manager.headers() | {"Origin": site.settings.public_origin}
    files = {"edition": ("proposed.toml", text or b"")} if text is not None else {"edition": ("", b"")}
    form = DAYS | {"key": key or str(uuid4())} | said
    return await site.http.post("/simulation", data=form, files=files, headers=headers)


async def asked(site: Product) -> int:
    async with site.records.reading() as db:
        return await db.connection.scalar(select(func.count()).select_from(simulations)) or 0


async def test_what_was_asked_for_twice_is_made_once_and_read_by_any_manager(lived_in: Product) -> None:
    """By the worker, in a process of its own."""
    case = spoken_to_after(4, "CW-2023-000004")
    async with lived_in.records.writing() as db:
        await cases.register(db, case.opening.ref, case.opening.edition, case.opening.closure_days, MONDAY)
        await recording.record(db, case.opening.ref, 1, case.entries or (), MONDAY)
    key = str(uuid4())
    first, again = [await sent(lived_in, QUICKER, key) for _ in range(2)]
    assert (first.status_code, first.headers["location"]) == (303, f"/simulation/{key}")
    assert again.headers["location"] == f"/simulation/{key}"
    assert await asked(lived_in) == 1
    manager = lived_in.as_("manager", "manager-6")

    async def ready() -> str | None:
        page = (await manager.get(f"/simulation/{key}")).text
        return page if "cases were open in that time" in page else None

    page = await until(ready, 60)
    assert "<strong>1 would have gone differently</strong>" in page
    assert f'href="/simulation/{key}"' in (await manager.get("/simulation")).text
    other = await sent(lived_in, QUICKER, key, last="2023-10-30")
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        (None, {}, "Choose the file of the proposed edition"),
        (
            f"{HEAD}[first_contact]\nworking_days = 0\n",
            {},
            "line 6, first_contact.working_days: must be at least 1",
        ),
        ("name = ", {}, "line 1: this is not TOML"),
        (b"\xff\xfe", {}, "The file is no text in UTF-8"),
        (b"#" * (1024 * 1024 + 1), {}, "The file is too large"),
        (QUICKER, {"first": ""}, "Give the first and the last day of the time"),
        (QUICKER, {"last": "2023-09-30"}, "The last day is before the first one"),
        (QUICKER, {"first": "2999-01-01", "last": "2999-01-02"}, "This time is still to come"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_begun(
    site: Product, text: str | bytes | None, said: dict[str, str], why: str
) -> None:
    before = await asked(site)
    answer = await sent(site, text, **said)
    assert (answer.status_code, await asked(site)) == (422, before)
    assert why in answer.text
    assert f'value="{(DAYS | said)["last"]}"' in answer.text


async def test_what_it_found_is_shown(site: Product) -> None:
    id_ = await simulated_here(site)
    page = (await site.as_("manager", "manager-5").get(f"/simulation/{id_}")).text
    for words in (
        "2 would have gone differently",
        "Contact 5 working days",
        "2 in time, 1 late, 0 not done",
        "1 in time, 2 late, 0 not done",
        "Category: noise",
        'href="/cases/CW-2023-000004"',
        "late, not kept.",
    ):
        assert words in page, words


async def test_about_how_long_it_still_takes_is_said_once_some_are_told(site: Product) -> None:
    id_, manager = await simulated_here(site, made=False), site.as_("manager", "manager-5")
    for percent, left, words in (
        (0, None, "It has not begun yet, or has just begun: look again in a few minutes."),
        (4, None, "A few cases are told first, to see how long it takes"),
        (0, 28.5 * MINUTE, "It will be ready in about 30 minutes."),
        (40, 0.5 * MINUTE, "It will be ready in less than a minute."),
        (40, -MINUTE, "It takes longer than we thought."),
    ):
        async with site.records.writing() as db:
            await progressed(db, id_, percent, left and datetime.now(UTC) + left)
        page = (await manager.get(f"/simulation/{id_}")).text
        assert re.search(rf"{percent} percent done</strong>\s*{re.escape(words)}", page), words


async def test_a_case_that_its_reader_may_not_see_is_counted_and_not_named(site: Product) -> None:
    id_ = await simulated_here(site)
    async with site.records.writing() as db:
        connected = cases.cases.update().where(cases.cases.c.ref == "CW-2023-000008")
        await db.connection.execute(connected.values(conflicts=["manager-6"]))
    mine, theirs = [
        (await site.as_("manager", who).get(f"/simulation/{id_}")).text for who in ("manager-5", "manager-6")
    ]
    assert "CW-2023-000008" in mine
    assert "not named" not in mine
    assert "CW-2023-000008" not in theirs
    assert "CW-2023-000004" in theirs
    assert "1 more is not named: you may not see it." in theirs


async def test_there_is_none_of_another_name(site: Product) -> None:
    assert (await site.as_("manager", "manager-5").get(f"/simulation/{uuid4()}")).status_code == 404
