"""What the database shows the API of a case: by who looks, whatever the code asks for."""

from typing import Final

import pytest
from sqlalchemy import text, update

from policy.case_review.review import ReviewFile
from policy.facts.letters import LetterKind
from policy.legal_action.action import LegalFile
from policy.legal_action.procedure import LEGAL_ACTION
from policy.permissions import Relation
from store import cases, procedures
from store.recording import record
from store.relations import is_in_teams
from store.sessions import EVERYTHING, Store, Viewer
from tests.given import BY_POST, EDITION, OFFICER, contact, empty_file, entry, london, report

REF: Final = "CW-2023-000001"
DAY: Final = london(2023, 6, 5)
ME: Final = "officer-1"
COLLEAGUE: Final = "officer-2"
TABLES: Final = (
    "cases",
    "timeline",
    "timeline_content",
    "deadlines",
    "letters",
    "mentions",
    "case_people",
    "links",
    "reports",
    "procedures",
    "sendings",
    "disclosures",
    "tasks",
    "procedure_tasks",
)
CONCERNING: Final = {
    Relation.CONFLICTED: "officer = 'me', conflicts = '{me}'",
    Relation.MINE: "officer = 'me'",
    Relation.EMERGENCY: "restricted = true, emergency = jsonb_build_object('me', now() + interval '1 hour')",
    Relation.RESTRICTED: "restricted = true",
    Relation.RESTRICTED_TEAM: "officer = 'colleague', domestic_abuse = true",
    Relation.TEAM: "officer = 'colleague'",
    Relation.OTHERS: "officer = 'stranger'",
}


@pytest.fixture
async def kept(store: Store) -> None:
    """One case with something in every table, and what is carried on beside it."""
    known = empty_file(DAY.date()).closure_days
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, known, DAY)
        told = [entry(report(DAY, complainant=BY_POST)), entry(contact(DAY), OFFICER)]
        await record(db, REF, 1, told, DAY)
        await is_in_teams(db, "colleague", ["north"])
        await procedures.register(
            db, LEGAL_ACTION.name, LegalFile(ref=f"{REF}-7", case=REF, edition=EDITION.ref, closure_days=known)
        )
        for statement in MORE:
            await db.connection.execute(text(statement))


_LETTER: Final = f"""'{LetterKind.ACKNOWLEDGEMENT}', 'post', 'sent', 's', 'b', '', '', now(), now()"""
MORE: Final = (
    f"""INSERT INTO letters (id, case_ref, key, kind, means, state, subject, body, pdf, sha256, composed_at,
        changed_at) VALUES (gen_random_uuid(), '{REF}', 'k', {_LETTER})""",
    f"""INSERT INTO disclosures (id, case_ref, what, at, entered_at, told, by_id)
        VALUES (gen_random_uuid(), '{REF}-7', 'link_used', now(), now(), '{{police}}', 'agency:police')""",
    f"INSERT INTO links VALUES ('{REF}', 'CW-2023-000002', 'counter_allegation')",
    f"""INSERT INTO reports VALUES (gen_random_uuid(), '{REF}', true, '', '{{}}', now(), now())""",
    f"""INSERT INTO sendings (id, ref, key, channel, state, subject, body, sha256, composed_at, changed_at)
        VALUES (gen_random_uuid(), '{REF}-7', 'k', 'mail', 'sent', 's', 'b', '', now(), now())""",
    f"""INSERT INTO deadlines (case_ref, key, due, "row", section, edition, owed_by, owed, counted, since,
        met_by)
        VALUES ('{REF}-7', 'k', now(), 'r', 's', 'e', 'officer', 'o', '{{}}', 1, '{{}}')""",
)


async def shown(store: Store) -> dict[str, int]:
    async with store.reading() as db:
        return {table: await db.connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES}


async def concerning(store: Store, relation: Relation) -> None:
    async with store.writing() as db:
        await db.connection.execute(text(f"UPDATE cases SET {CONCERNING[relation]}"))


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("relation", list(CONCERNING))
async def test_a_case_is_shown_whole_to_who_may_see_it_and_not_at_all_to_others(
    store: Store, app_store: Store, relation: Relation
) -> None:
    await concerning(store, relation)
    everything = await shown(app_store)
    assert all(everything.values()), everything
    theirs = Viewer("me", ("north",), (relation,))
    others = Viewer("me", ("north",), tuple(set(CONCERNING) - {relation}))
    assert await shown(app_store.seen_by(theirs)) == everything
    assert not any((await shown(app_store.seen_by(others))).values())


@pytest.mark.usefixtures("kept")
async def test_who_is_not_said_to_look_is_shown_nothing(app_store: Store) -> None:
    nobody = Store(app_store.engine)
    assert not any((await shown(nobody)).values())
    looking_at_none = await shown(nobody.seen_by(Viewer("me", (), ())))
    assert not any(looking_at_none.values())


@pytest.mark.usefixtures("kept")
async def test_one_transaction_leaves_nothing_of_its_viewer_to_the_next(app_store: Store) -> None:
    await shown(app_store.seen_by(EVERYTHING))
    assert not any((await shown(Store(app_store.engine))).values())


@pytest.mark.usefixtures("kept")
async def test_a_worker_is_shown_everything(working_store: Store) -> None:
    assert all((await shown(working_store)).values())
    without_saying = await shown(Store(working_store.engine))
    assert {table for table, count in without_saying.items() if not count} == {"tasks", "procedure_tasks"}


async def reviewed(store: Store, *refs: str) -> None:
    known = empty_file(DAY.date()).closure_days
    opening = ReviewFile(ref="CR-2023-000001", edition=EDITION.ref, closure_days=known, cases=refs)
    async with store.writing() as db:
        await procedures.register(db, "case-review", opening)


@pytest.mark.usefixtures("kept")
async def test_a_case_review_is_shown_to_who_may_see_all_of_its_cases(store: Store, app_store: Store) -> None:
    await reviewed(store, REF, "CW-2023-000002")
    looking = app_store.seen_by(Viewer("me", ("north",), (Relation.MINE,)))
    async with store.writing() as db:
        await cases.register(db, "CW-2023-000002", EDITION.ref, empty_file(DAY.date()).closure_days, DAY)
        await db.connection.execute(text("UPDATE cases SET officer = 'me'"))
    assert (await shown(looking))["procedures"] == 2
    async with store.writing() as db:
        restricted = update(cases.cases).where(cases.cases.c.ref == "CW-2023-000002")
        await db.connection.execute(restricted.values(officer="stranger", restricted=True))
    assert (await shown(looking))["procedures"] == 1


async def test_a_case_review_of_no_case_yet_is_shown_to_who_may_see_any(store: Store, app_store: Store) -> None:
    await reviewed(store)
    assert (await shown(app_store.seen_by(Viewer("me", (), (Relation.MINE,)))))["procedures"] == 1
    assert (await shown(app_store.seen_by(Viewer("me", (), ()))))["procedures"] == 0


@pytest.mark.usefixtures("kept")
async def test_nobody_writes_to_a_case_that_they_are_not_shown(app_store: Store) -> None:
    looking = app_store.seen_by(Viewer("me", (), (Relation.MINE,)))
    async with looking.writing() as db:
        changed = await db.connection.execute(text("UPDATE cases SET restricted = true"))
    assert changed.rowcount == 0
