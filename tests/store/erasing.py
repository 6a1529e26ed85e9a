"""Somebody's only case with everything that is kept of them anywhere, and a search through all that there is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import text

from policy.access.facts import ConflictDeclared, Connection
from policy.correcting import EntryCorrected
from policy.facts import SYSTEM, Actor, CaseFact, Entry, digest
from policy.facts.base import Role
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.people import Means, Party, Person
from policy.journal import BesideFact, Note
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from policy.packs.readers import PackGround, Reader
from policy.private_links import LinkPurpose
from policy.retention import facts as keeping
from store import (
    access,
    cases,
    changes,
    corrections,
    diaries,
    drafts,
    erasure,
    letters,
    packs,
    people,
    private_links,
    procedures,
    recording,
    recording_beside,
    reports,
    retention,
    sendings,
)
from store.diaries import Diary, DiaryEntry
from store.drafts import Draft, Place
from store.people import PersonTold
from store.private_links import NewLink
from store.reports import Report
from store.sendings import Message
from store.sessions import Store, Writing
from tests.given import EDITION, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import proposed

NAME: Final = "Quillon Farthingale"
STREET: Final = "17 Larkspur Mews Invented"
EMAIL: Final = "quillon.f@example.org"
PHONE: Final = "01632 960877"
WORDS: Final = "Xylophones at midnight"
DRAFT: Final = "Unsent marzipan draft"
PUT_RIGHT: Final = "Glockenspiels at noon"
ABOUT: Final = "Peregrine Mockthorpe"
WHY_SHUT: Final = "Accordion beside the caretaker"
NEEDLES: Final = (NAME, STREET, EMAIL, PHONE, WORDS, DRAFT, ABOUT, PUT_RIGHT, WHY_SHUT)

REPORTED: Final = london(2016, 5, 25)
DAY: Final = timedelta(days=1)
OVER: Final = london(2024, 9, 2)
"""When the case has been kept for its time."""
MANAGER: Final = Actor(id="manager-1", role=Role.MANAGER)


@dataclass(frozen=True)
class Held:
    """The references of what was put there. `body` is a report as it came in, of which only a digest is kept."""

    case: str
    action: str
    person: str
    body: str


async def everything_of_somebody(store: Store) -> Held:
    """A person, their closed case, the legal action on it, letters that went and that did not, a sending, the
    report as it came in, and what was changed of them. Nothing is owed any more.
    """
    person, body = str(uuid4()), digest({"words": WORDS})
    complainant = Person(name=NAME, address=(STREET,), email=EMAIL, phone=PHONE, prefers=Means.EMAIL)
    async with store.writing() as db:
        told = PersonTold(name=NAME, email=EMAIL, phone=PHONE, address=(STREET,))
        known = await people.add(db, person, told, REPORTED.date())
        change = changes.Told(id=str(uuid4()), by=MANAGER, at=REPORTED, digest=body)
        await changes.keep(db, change, person, "added", before=None, after=known.model_dump(mode="json"))
    first = report(REPORTED, complainant=complainant, about=Party(name=ABOUT)).model_copy(update={"words": WORDS})
    opened = entry(first).model_copy(update={"digest": body})
    case = await closed_case(store, opened, h.identified(REPORTED, "complainant", person))
    action = await ended_action(store, case)
    async with store.writing() as db:
        for key, words in (("acknowledgement", WORDS), ("draft", DRAFT)):
            await letters.keep(
                db,
                case,
                key,
                LetterKind.ACKNOWLEDGEMENT,
                Means.EMAIL,
                subject=f"To {NAME}",
                body=words,
                pdf=words.encode(),
                now=REPORTED,
            )
        message = Message(f"About {ABOUT}", f"{WORDS} of {NAME}", STREET.encode())
        await sendings.begin(db, action, "send-1", "email", message, REPORTED)
        kept = Report(
            id=str(uuid4()), case_ref=case, opens_case=True, digest=body, entry=opened, received_at=REPORTED
        )
        await reports.keep(db, kept, REPORTED)
        pack = await asked_for_a_pack(db, case, "dpo")
        await packs.made(db, pack.id, f"{NAME} {WORDS}".encode(), REPORTED)
        await wrote_a_diary(db, case)
        for place in places_of(case, action, person):
            note = Draft(key=str(uuid4()), said={"words": [f"{WORDS} of {NAME}"]}, began_at=REPORTED)
            assert await drafts.keep(db, "officer-8", place, note, REPORTED)
        corrected = EntryCorrected(at=REPORTED, seq=1, wrong=WORDS, right=PUT_RIGHT)
        note = Note(id=str(uuid4()), by=MANAGER, recorded_at=REPORTED, fact=corrected, digest=body)
        await corrections.add(db, case, note)
        shut = ConflictDeclared(at=REPORTED, who="officer-8", why=Connection.LIVES_THERE, words=WHY_SHUT)
        note = Note(id=str(uuid4()), by=MANAGER, recorded_at=REPORTED, fact=shut, digest=body)
        await access.record(db, case, note, EDITION, empty_file(REPORTED.date()).closure_days)
    return Held(case, action, person, body)


def places_of(case: str, action: str, person: str) -> tuple[Place, ...]:
    """Of forms that somebody began."""
    return (
        Place(address=f"/cases/{case}/record/contact_made", fact="contact_made", about=case, case_ref=case),
        Place(
            address=f"/legal-actions/{action}/record/court_listed",
            fact="court_listed",
            about=action,
            case_ref=case,
        ),
        Place(address=f"/access-review/{case}", fact="restriction_reviewed", case_ref=case),
        Place(address=f"/people/{person}/correct", fact="correct", person_id=person),
    )


async def wrote_a_diary(db: Writing, case: str) -> None:
    """Behind a private link of theirs."""
    new = NewLink(
        case_ref=case,
        key="1",
        purpose=LinkPurpose.DIARY,
        person="complainant",
        matter="diary-1",
        by="officer-1",
        lasts=timedelta(days=1),
    )
    link = await private_links.issue(db, new, REPORTED)
    told = DiaryEntry(id=str(uuid4()), words=WORDS, others=NAME, kept_at=REPORTED)
    assert await diaries.keep(db, Diary(case_ref=case, matter="diary-1"), link.id, told)


async def asked_for_a_pack(db: Writing, case: str, by: str) -> packs.PackLine:
    """Of all of it that is recorded yet, and not made."""
    until = await packs.until_now(db, case, None) or {case: 0}
    line = packs.PackLine(
        id=str(uuid4()),
        reader=Reader.COURT,
        about=None,
        ground=PackGround.LEGAL_CLAIM,
        purpose=WORDS,
        until=until,
        asked_at=datetime.now(UTC),
        by_id=by,
        state=packs.PackState.BEING_MADE,
        percent=0,
        made_at=None,
        sha256=None,
    )
    await packs.ask(db, case, "a digest", line, Role.SUPERVISOR)
    return line


async def closed_case(store: Store, first: Entry, *then: CaseFact) -> str:
    """Reported, assessed, closed as not justified, and all its letters told as sent."""
    at = REPORTED + DAY
    facts = [*then, contact(at), assessed(at), h.closed(at, Closing.UNJUSTIFIED)]
    async with store.writing() as db:
        ref = await cases.next_ref(db, REPORTED.year)
        await cases.register(db, ref, EDITION.ref, empty_file(REPORTED.date()).closure_days, REPORTED)
        seq = await recording.record(db, ref, 1, [first, *(entry(fact) for fact in facts)], at)
        file = await cases.file_of(db, ref)
        assert file is not None
        sent = [entry(h.sent(at, key), h.CASEWORK) for key in file.letters]
        await recording.record(db, ref, seq + 1, sent, at)
        file = await cases.file_of(db, ref)
    assert file is not None
    assert file.finished, (file.letters, file.matters, file.clocks)
    return ref


async def ended_action(store: Store, case: str) -> str:
    """A legal action that is over, with one entry."""
    opening = LegalFile(
        ref=f"{case}-7", case=case, edition=EDITION.ref, closure_days=empty_file(REPORTED.date()).closure_days
    )
    begun = LegalEntry(id="begun:7", by=SYSTEM, recorded_at=REPORTED + 30 * DAY, fact=proposed())
    async with store.writing() as db:
        await procedures.register(db, LEGAL_ACTION.name, opening)
        await recording_beside.record(db, LEGAL_ACTION, opening.ref, 1, [begun])
        over = text("UPDATE procedures SET finished = true, stage = 'over' WHERE ref = :ref")
        await db.connection.execute(over, {"ref": opening.ref})
    return opening.ref


async def decided(store: Store, ref: str, fact: BesideFact, by: Actor = MANAGER) -> str:
    """Raises Refused. The id of the note."""
    note = Note(id=str(uuid4()), by=by, recorded_at=fact.at, fact=fact)
    async with store.writing() as db:
        await retention.record(db, ref, note, EDITION)
    return note.id


async def objection_days_are_over(store: Store) -> None:
    """PostgreSQL has a clock of its own."""
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE retention SET erased_from = current_date"))


async def approved(store: Store, ref: str, at: datetime = OVER) -> None:
    async with store.writing() as db:
        assert await erasure.propose(db, ref, at, EDITION)
    await decided(store, ref, keeping.ErasureApproved(at=at))


async def carried_out(store: Store, ref: str, at: datetime = OVER + 15 * DAY) -> keeping.Erased | None:
    async with store.writing() as db:
        return await erasure.carry_out(db, ref, at, EDITION)


async def found(store: Store, needle: str) -> set[str]:
    """The tables in which anything says this, in whatever column and however it is kept there."""
    return {table async for table in _saying(store, needle)}


async def _saying(store: Store, needle: str) -> AsyncIterator[str]:
    query = text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
    async with store.reading() as db:
        for table in (await db.connection.scalars(query)).all():
            said = text(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE :plain OR t::text ILIKE :hex')
            values = {"plain": f"%{needle}%", "hex": f"%{needle.encode().hex()}%"}
            if await db.connection.scalar(said, values):
                yield table
