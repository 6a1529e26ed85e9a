"""What PostgreSQL cannot do now it may do later; what it refuses it would refuse again."""

import pytest
from sqlalchemy import text

from store.away import StoreAway, StoreRefused
from store.sessions import Store


async def fails_with(store: Store, condition: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(text(f"DO $$ BEGIN RAISE {condition}; END $$"))


@pytest.mark.parametrize(
    "condition",
    ["disk_full", "out_of_memory", "too_many_connections", "io_error", "admin_shutdown", "crash_shutdown"],
)
async def test_what_postgresql_cannot_do_now_is_tried_again(store: Store, condition: str) -> None:
    with pytest.raises(StoreAway):
        await fails_with(store, condition)


@pytest.mark.parametrize("condition", ["check_violation", "insufficient_privilege", "data_corrupted"])
async def test_what_postgresql_refuses_is_not(store: Store, condition: str) -> None:
    with pytest.raises(StoreRefused):
        await fails_with(store, condition)
