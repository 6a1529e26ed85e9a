"""Whether the tables are those of this release."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from runtime.embedded.processes import free_port
from runtime.revisions import revisions
from store.release import StoreIs, how_is
from store.sessions import Store


async def at(store: Store, revision: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})


async def test_tables_of_this_release_or_a_newer_one_serve_it_and_older_ones_do_not(
    store: Store, app_store: Store, working_store: Store
) -> None:
    for whose in (app_store, working_store):
        assert await how_is(whose, revisions()) is StoreIs.HERE
    await at(store, "ffffff")
    assert await how_is(app_store, revisions()) is StoreIs.HERE
    await at(store, revisions()[1])
    assert await how_is(app_store, revisions()) is StoreIs.BEHIND


async def test_before_anything_was_migrated_it_is_behind(store: Store, app_store: Store) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("DELETE FROM alembic_version"))
    assert await how_is(app_store, revisions()) is StoreIs.BEHIND
    async with store.writing() as db:
        await db.connection.execute(text("DROP TABLE alembic_version"))
    assert await how_is(app_store, revisions()) is StoreIs.BEHIND


async def test_a_store_that_cannot_be_reached_is_away() -> None:
    nowhere = create_async_engine(f"postgresql+asyncpg://nobody@127.0.0.1:{free_port()}/none")
    assert await how_is(Store(nowhere), revisions()) is StoreIs.AWAY
    await nowhere.dispose()
