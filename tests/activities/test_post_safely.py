"""A letter goes no way that is not safe by what was told on another case of theirs."""

from dataclasses import replace
from uuid import uuid4

import pytest
from temporalio.testing import ActivityEnvironment

from activities.post import NotASafeWay
from policy.duties import Outcome
from policy.facts.needs import NeedTold, SafeContact
from policy.facts.people import Means
from store import cases, people, recording
from store.people import PersonTold
from store.sessions import Store
from tests.activities.conftest import MakePost, letters_of
from tests.activities.referred import referred
from tests.activities.refers import MakeRefer, kept
from tests.activities.refers import sent as referral_sent
from tests.gateways.mail_servers import Postbox, behaving
from tests.given import ROWAN, a_moment_ago, entry, report
from tests.policy.happenings import identified


def only(*means: Means) -> NeedTold:
    safe = SafeContact(means=means)
    return NeedTold(at=a_moment_ago(), kind="safe_contact", safe_contact=safe, words="He reads her e-mail.")


async def known(store: Store) -> str:
    """Somebody whom another case reaches by telephone alone."""
    now, id_ = a_moment_ago(), str(uuid4())
    async with store.writing() as db:
        told = PersonTold(name="Rowan Example", phone="01632 960001", email="rowan@example.org")
        await people.add(db, id_, told, now.date())
    await letters_of(store, report(now), identified(now, "complainant", id_), only(Means.PHONE))
    return id_


async def test_what_another_case_does_not_allow_waits_until_an_officer_sees_to_it(
    post: MakePost, store: Store
) -> None:
    now, rowan = a_moment_ago(), await known(store)
    (letter,) = await letters_of(store, report(now, complainant=ROWAN), identified(now, "complainant", rowan))
    assert letter.duty.means is Means.EMAIL
    postbox, late = Postbox(), ActivityEnvironment()
    late.info = replace(late.info, attempt=18)
    async with behaving(postbox) as port:
        with pytest.raises(NotASafeWay):
            await ActivityEnvironment().run(post(port).send, letter)
        assert await late.run(post(port).send, letter) is Outcome.HELD_UP
    assert postbox.taken == []
    on_paper = letter.model_copy(update={"duty": letter.duty.model_copy(update={"means": Means.POST})})
    with pytest.raises(NotASafeWay):
        await ActivityEnvironment().run(post().send, on_paper)


async def test_what_went_before_it_was_told_is_told_as_it_was(post: MakePost, store: Store) -> None:
    now, rowan = a_moment_ago(), await known(store)
    (letter,) = await letters_of(store, report(now, complainant=ROWAN))
    async with behaving(Postbox()) as port:
        assert await ActivityEnvironment().run(post(port).send, letter) is Outcome.SENT
        async with store.writing() as db:
            first = (await cases.head_of(db, letter.ref))[0] + 1
            await recording.record(db, letter.ref, first, [entry(identified(now, "complainant", rowan))], now)
        assert await ActivityEnvironment().run(post(port).send, letter) is Outcome.SENT


async def test_an_agency_is_told_no_way_that_another_case_does_not_allow(refer: MakeRefer, store: Store) -> None:
    now, rowan = a_moment_ago(), await known(store)
    order = await referred(store, report(now, complainant=ROWAN), identified(now, "complainant", rowan))
    async with behaving(Postbox()) as port:
        await referral_sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "01632 960001" in body
    assert "rowan@" not in body
