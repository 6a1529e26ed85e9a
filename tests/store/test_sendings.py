"""What became of a referral on its way, where several attempts tell of it."""

from datetime import UTC, datetime
from typing import Final

import pytest

from store import sendings
from store.letters import letter_id
from store.sendings import Message, SendingState
from store.sessions import Store
from tests.activities.referred import referred

KEY: Final = "send"
MESSAGE: Final = Message("Yours", "Words.", b"%PDF")


async def turned(store: Store, ref: str, *states: SendingState) -> list[SendingState]:
    """What each leaves in the row, one after another."""
    async with store.writing() as db:
        await sendings.begin(db, ref, KEY, "mail", MESSAGE, datetime.now(UTC))
    left = []
    for state in states:
        async with store.writing() as db:
            now, _ = await sendings.turn(db, letter_id(ref, KEY), state, datetime.now(UTC))
            left.append(now)
        async with store.reading() as db:
            kept = await sendings.by_key(db, ref, KEY)
        assert kept is not None
        assert kept.state is left[-1]
    return left


@pytest.mark.parametrize("known", ["sent", "refused", "in_doubt"])
async def test_what_was_not_owed_any_more_overwrites_nothing_that_is_known_of_its_sending(
    store: Store, known: str
) -> None:
    order = await referred(store)
    state = SendingState(known)
    assert await turned(store, order.ref, state, SendingState.GIVEN_UP) == [state, state]


async def test_an_attempt_still_under_way_is_not_given_up(store: Store) -> None:
    order = await referred(store)
    assert await turned(store, order.ref, SendingState.GIVEN_UP) == [SendingState.SENDING]


async def test_what_did_not_go_is_given_up(store: Store) -> None:
    order = await referred(store)
    went = [SendingState.COMPOSED, SendingState.GIVEN_UP]
    assert await turned(store, order.ref, *went) == went


async def test_what_was_in_doubt_turns_out_to_have_gone_and_is_never_in_doubt_again(store: Store) -> None:
    order = await referred(store)
    told = await turned(store, order.ref, SendingState.IN_DOUBT, SendingState.SENT, SendingState.IN_DOUBT)
    assert told == [SendingState.IN_DOUBT, SendingState.SENT, SendingState.SENT]
