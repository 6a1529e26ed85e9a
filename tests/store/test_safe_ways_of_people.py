"""How somebody is reached safely follows the timelines of all their cases, whoever may see them."""

from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from sqlalchemy import text

from policy.care import SafeWay
from policy.facts.needs import DomesticAbuseRecognised, NeedEnded, NeedTold, SafeContact
from policy.facts.parts import Leaving
from policy.facts.people import Means
from store import recording, safe_ways
from store.sessions import EVERYTHING, Store, Viewer
from tests.given import london, report
from tests.policy import happenings as h
from tests.store.test_people_on_cases import case, person, rows, told

DAY = timedelta(days=1)
AT = london(2023, 6, 5)
STRANGER = Viewer("officer-99", (), ("team",))
MIGRATION = Path(__file__).parents[2] / "migrations/versions/2026_11_30_d4b7e9_safe_ways_of_people.py"


def only(*means: Means, day: int = 0, who: str = "complainant") -> NeedTold:
    safe = SafeContact(means=means)
    return NeedTold(
        at=AT + day * DAY, person=who, kind="safe_contact", safe_contact=safe, words="He reads her post."
    )


async def way(store: Store, someone: str, besides: str | None = None) -> SafeWay | None:
    async with store.reading() as db:
        return (await safe_ways.of_people(db, [someone], besides)).get(someone)


async def test_they_follow_every_case_and_are_known_to_whoever_may_not_see_it(store: Store) -> None:
    rowan, ashley = await person(store), await person(store, "Ashley Sample")
    shut = await case(store, report(AT), only(Means.PHONE, Means.VISIT))
    assert await way(store, rowan) is None
    await told(store, shut, h.identified(AT, "complainant", rowan))
    other = await case(store, report(AT), h.identified(AT, "complainant", rowan))
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE cases SET restricted = true WHERE ref = :ref"), {"ref": shut})
    stranger = Store(store.engine, STRANGER)
    found = await way(stranger, rowan)
    assert found is not None
    assert found.means == (Means.PHONE, Means.VISIT)
    await told(store, other, only(Means.PHONE, Means.POST, day=1))
    assert (await way(stranger, rowan)) == SafeWay(told_at=AT + DAY, means=(Means.PHONE,))
    assert (await way(store, rowan, besides=shut)) == SafeWay(told_at=AT + DAY, means=(Means.PHONE, Means.POST))
    await told(store, shut, NeedEnded(at=AT + 2 * DAY, kind="safe_contact", words="He has moved out."))
    assert (await way(store, rowan)) == SafeWay(told_at=AT + DAY, means=(Means.PHONE, Means.POST))
    await told(store, shut, DomesticAbuseRecognised(at=AT + 3 * DAY, words="He is back."))
    assert (await way(store, rowan)) == SafeWay(told_at=AT + 3 * DAY)
    assert await way(store, ashley) is None
    await told(store, shut, h.left(AT + 4 * DAY, "complainant", Leaving.BY_MISTAKE))
    assert await way(Store(store.engine, EVERYTHING), rowan) is not None, "it is told of the other case"


async def test_they_can_be_made_anew_and_were_filled_in_for_what_was_told_before(store: Store) -> None:
    rowan = await person(store)
    ref = await case(store, report(AT), h.identified(AT, "complainant", rowan), only(Means.PHONE))
    before = await rows(store)
    blank = "UPDATE case_people SET safe_told_at = NULL, safe_means = NULL"
    spec = spec_from_file_location("of_safe_ways", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(migration := module_from_spec(spec))
    async with store.writing() as db:
        await db.connection.execute(text(blank))
        await db.connection.execute(text(migration.STATEMENTS[1]))
    assert await rows(store) == before
    async with store.writing() as db:
        await db.connection.execute(text(blank))
        await recording.rebuild(db, ref)
    assert await rows(store) == before
