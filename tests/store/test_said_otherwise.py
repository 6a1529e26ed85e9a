"""A deadline whose words change while its day stays is kept in the ledger as it was said last."""

from typing import Any

from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from store import deadlines as ledger
from store import recording
from store.sessions import Store
from tests.given import SUPERVISOR, entry, london, report
from tests.policy.happenings import taken_on
from tests.policy.test_told_of_a_no import HEARD, no, told
from tests.store.test_recording import REF, everything, recorded, registered


async def test_what_is_said_otherwise_by_the_same_day_is_kept_as_it_was_said_last(store: Store) -> None:
    """Of whom an agency is to hear that they do not agree: first of one, then of two."""
    await registered(store)
    day = london(2023, 5, 26)
    refused = no(day), no(day, person="witness-1")
    about_both = told(day, about=("complainant", "witness-1"), gateway=Gateway.PROTOCOL, already_told=True)
    facts = (report(london(2023, 5, 25)), taken_on(day, "witness-1", Part.WITNESS), refused[1], about_both)
    for place, fact in enumerate((*facts, refused[0], HEARD.model_copy(update={"at": day})), start=1):
        await recorded(store, [entry(fact, SUPERVISOR, recorded_at=max(fact.at, day))], place)
        if fact is refused[0]:
            assert (await of_council(store))["owed"].endswith("the complainant and witness 1")
    before = await everything(store)
    assert (await of_council(store))["ending"] == "kept"
    async with store.writing() as db:
        await recording.rebuild(db, REF)
    assert await everything(store) == before


async def of_council(store: Store) -> dict[str, Any]:
    async with store.reading() as db:
        (line,) = [one for one in await ledger.endings(db, REF) if one["key"] == "disclosure-refusal:council"]
    return line
