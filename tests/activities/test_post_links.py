"""A letter says the private link that opens for whoever reads it, and no other."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import create_async_engine

from activities.post import Letter, Post
from policy.facts.people import Means
from store import letters as kept
from store import private_links
from store.sessions import Store
from tests.activities.conftest import MakePost, letters_of
from tests.activities.test_post import sent
from tests.gateways.mail_servers import Postbox, behaving
from tests.given import BY_POST, a_moment_ago, report


async def body_of(post: Post, store: Store, letter: Letter) -> str:
    await sent(post, letter)
    async with store.reading() as db:
        (line,) = await kept.of_case(db, letter.ref)
        whole = await kept.by_id(db, letter.ref, line.id)
    assert whole is not None
    return whole.body


async def links_of(store: Store, ref: str) -> list[private_links.UsedLink]:
    async with store.reading() as db:
        return await private_links.of_case(db, ref)


async def test_an_e_mail_says_its_reader_s_link_once_however_often_it_is_made(
    post: MakePost, letter: Letter, store: Store
) -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        body = await body_of(post(port), store, letter)
        await sent(post(port), letter)
    (link,) = await links_of(store, letter.ref)
    assert f"https://homes.invalid/l/{link.id}" in body
    assert (link.purpose, link.person, link.issued_by) == ("my-case", "complainant", "casework")
    assert [use.what for use in link.uses] == ["issued"]


async def test_a_letter_on_paper_says_none(post: MakePost, store: Store) -> None:
    (letter,) = await letters_of(store, report(a_moment_ago(), complainant=BY_POST))
    assert letter.duty.means is Means.POST
    assert "/l/" not in await body_of(post(1), store, letter)
    assert await links_of(store, letter.ref) == []


async def test_nobody_is_sent_a_link_where_somebody_may_read_along(post: MakePost, store: Store) -> None:
    told = report(a_moment_ago(), domestic_abuse=True, safe_contact={"means": ["email"]})
    letters = await letters_of(store, told)
    async with behaving(Postbox()) as port:
        for letter in letters:
            assert "/l/" not in await body_of(post(port), store, letter)
            assert await links_of(store, letter.ref) == []
    assert letters


async def test_an_e_mail_with_a_link_takes_one_connection_at_a_time(
    post: MakePost, letter: Letter, store: Store, database: str
) -> None:
    """Else as many letters as there are connections wait for each other."""
    engine = create_async_engine(database, pool_size=1, max_overflow=0, pool_timeout=1)
    postbox = Postbox()
    async with behaving(postbox) as port:
        body = await body_of(replace(post(port), store=Store(engine)), store, letter)
    await engine.dispose()
    assert "https://homes.invalid/l/" in body
