"""policy-simulation: past cases of a real store told again in processes of their own."""

from datetime import timedelta
from random import Random

import asyncpg
import pytest
from test_measuring import plausible

from activities.simulating import Simulating
from policy.editions import EditionUnknown, named
from policy.editions.proposal import ProposalNotSane
from policy.measures.period import Period
from policy.simulation.account import Account, Done
from policy.simulation.ahead import Far
from policy.simulation.tally import Named
from policy.simulation.trial import Past
from runtime.database import dsn
from store import cases, past, recording
from store.sessions import Store
from tests.given import EDITION, empty_file
from tests.policy.random_lives import begun, lived, reported, steps
from tests.policy.test_tried import HEAD, MONDAY, NOW, OCTOBER, QUICKER, spoken_to_after
from tests.scale import some

DAY = timedelta(days=1)
LIVES = some(10, in_all=400)
EVER = Period.months(OCTOBER.first.replace(year=2018), 12 * 20)


async def kept(store: Store, case: Past) -> None:
    assert case.entries is not None
    async with store.writing() as db:
        await cases.register(db, case.opening.ref, case.opening.edition, case.opening.closure_days, MONDAY)
        await recording.record(db, case.opening.ref, 1, case.entries, case.entries[-1].recorded_at)


async def tried(store: Store, text: str = QUICKER, period: Period = OCTOBER, processes: int = 2) -> Account:
    return await Simulating(store, processes).simulated(text, period, NOW)


async def test_what_is_read_from_the_records_is_what_was_told(store: Store) -> None:
    """Of the three, one is not alive in the time any more; on one somebody else is not to look."""
    for days in (2, 4, 8):
        await kept(store, spoken_to_after(days, f"CW-2081-00000{days}"))
    found = await tried(store)
    row = next(one for one in found.rows if one.row == "contact-5-working-days")
    assert (row.own, row.proposed) == (Done(kept=2, late=1), Done(kept=1, late=2))
    assert (found.cases, found.compared, found.different, found.other_dates) == (3, 3, 2, 1)
    assert found.adoption.open == 3


async def test_more_cases_than_go_at_once_all_come_back_and_how_far_it_is_is_told(store: Store) -> None:
    for number in range(47):
        await kept(store, spoken_to_after(4, f"CW-2082-{number:06d}"))
    told: list[Far] = []
    found = await Simulating(store, 2).simulated(QUICKER, OCTOBER, NOW, examples=3, progress=told.append)
    assert (found.cases, found.different) == (47, 47)
    assert [one.ref for one in found.named[Named.DIFFERENT]] == [f"CW-2082-{number:06d}" for number in range(3)]
    facts = sum(len(spoken_to_after(4, "CW-2082-000000").entries or ()) for _ in range(47))
    assert told[-1][:4] == (47, 47, facts, facts)
    assert [(one.cases, one.facts, one.took) for one in told] == sorted(
        (one.cases, one.facts, one.took) for one in told
    )


async def test_the_same_numbers_make_no_difference(store: Store) -> None:
    for days in (2, 4, 8):
        await kept(store, spoken_to_after(days, f"CW-2085-00000{days}"))
    same = await tried(store, HEAD)
    assert (same.cases, same.compared, same.different, same.other_dates) == (3, 3, 0, 0)


async def test_on_random_lives_the_same_numbers_make_no_difference_and_nothing_is_lost(store: Store) -> None:
    """Whatever they hold: each is compared, or is named as one that does not go as it went."""
    last = NOW
    for number in range(LIVES):
        ref, roll = f"CW-2083-{number:06d}", Random(number)  # noqa: S311 - lives at random, the same each time
        told = reported(roll, ref)
        life = begun(told, ref), steps(roll)
        taken = [told, *(plausible(one.entry) for one in lived(life) if one.after is not one.before)]
        async with store.writing() as db:
            await cases.register(db, ref, EDITION.ref, empty_file(told.at.date()).closure_days, told.recorded_at)
        async with store.writing() as db:
            await recording.record(db, ref, 1, taken, told.recorded_at)
        last = max(last, taken[-1].recorded_at)
    same = await Simulating(store, 2).simulated(HEAD, EVER, last)
    assert same.cases == LIVES
    assert (same.different, same.other_dates) == (0, 0)
    assert same.compared + same.went_otherwise == LIVES
    assert not (same.adoption.moved)
    assert not (same.adoption.overdue)
    assert not (same.adoption.cannot)


async def test_what_was_erased_is_counted_and_what_is_shut_is_not_named(store: Store, database: str) -> None:
    for number in (1, 2, 3):
        await kept(store, spoken_to_after(4, f"CW-2084-00000{number}"))
    owner = await asyncpg.connect(dsn(database))
    await owner.execute("SET session_replication_role = replica")
    await owner.execute("DELETE FROM timeline_content WHERE case_ref = 'CW-2084-000001'")
    await owner.execute("UPDATE cases SET restricted = true WHERE ref = 'CW-2084-000002'")
    await owner.close()
    found = await tried(store)
    assert (found.cases, found.erased, found.compared, found.different) == (3, 1, 2, 2)
    assert [one.ref for one in found.named[Named.DIFFERENT]] == ["CW-2084-000003"]


async def test_a_case_that_was_not_open_in_the_time_is_in_none_of_it(store: Store) -> None:
    case = spoken_to_after(4, "CW-2085-000001")
    await kept(store, case)
    september = Period.month(2023, 9)
    assert (await tried(store, period=september)).cases == 0
    async with store.reading() as db:
        assert await past.number(db, september.begins, september.over) == (0, 0)
        assert await past.number(db, OCTOBER.begins, OCTOBER.over) == (1, len(case.entries or ()))


async def test_nothing_is_begun_with_one_that_is_not_sane_and_here_none_is_known(store: Store) -> None:
    with pytest.raises(ProposalNotSane):
        await tried(store, f"{HEAD}[first_contact]\nworking_days = 0\n")
    await tried(store)
    with pytest.raises(EditionUnknown):
        named("2027-04-01")
