"""How often PostgreSQL is asked for one request: each question is a round trip, and all of them wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.api.product import Product


@contextmanager
def asked(engine: AsyncEngine) -> Iterator[list[str]]:
    said: list[str] = []

    def heard(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(engine.sync_engine, "before_cursor_execute", heard)
    yield said
    event.remove(engine.sync_engine, "before_cursor_execute", heard)


async def test_a_fact_is_two_questions_and_a_live_state_one(product: Product) -> None:
    """Where recording takes over a second, the timeline is looked at besides; who looks for the first time in a
    while has it written down.
    """
    ref, engine = await product.officer.reported(), product.resources.store.engine
    with asked(engine) as said:
        answer = await product.officer.post(
            f"/api/cases/{ref}/facts", {"fact": "contact_made", "means": "phone", "words": "Spoke."}
        )
        assert answer.status_code in {201, 202}, answer.text
    said = [one for one in said if "set_config" not in one and "FROM timeline" not in one]
    assert ["take_turn" in one and "relation_to" in one for one in said] == [True, False], said
    assert "told_before" in said[1]
    for written in (["look_at"], []):
        with asked(engine) as said:
            assert (await product.officer.get(f"/api/cases/{ref}/live")).status_code == 200
        names = [name for one in said for name in ("take_turn", "look_at") if name in one]
        assert names == ["take_turn", *written], said
