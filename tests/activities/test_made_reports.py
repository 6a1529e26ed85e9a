"""Reports: made of what was known, kept as they were made, and told to each reader once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from uuid import uuid4

import pytest
from temporalio.testing import ActivityEnvironment

from activities.measuring import Measuring
from activities.reporting import Reporter, ReportWanted, asked_of
from gateways.delivery import DeliveryUnavailable
from gateways.mail import Encryption, Mailbox, SmtpMail
from letters.compose import DEMO_LANDLORD
from policy.facts import CaseFact
from policy.facts import publicity as p
from policy.facts.people import Party
from policy.measures.period import Period
from policy.reports.kinds import ReportKind
from policy.reports.suppression import published
from store import cases, made_reports, recording
from store.made_reports import Made, MadeReport, MadeState, Reader, ReaderState
from store.sessions import Store
from tests.gateways.mail_servers import Postbox, behaving
from tests.given import EDITION, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
OCTOBER = Period.month(2023, 10)
ANN, BOB = "ann@landlord.example", "bob@landlord.example"
PAT = Party(name="Patience Sample", address=("3 Made-up Close",))


def reporter(store: Store, port: int = 1, readers: Sequence[str] = ()) -> Reporter:
    sender = Mailbox(name="Invented Homes", address="noreply@landlord.invalid")
    return Reporter(
        store,
        SmtpMail("127.0.0.1", port, sender, Encryption.NONE, timeout=2),
        mail_domain="landlord.invalid",
        letterhead=DEMO_LANDLORD,
        link="https://homes.invalid/figures/{}".format,
        readers={ReportKind.QUARTERLY: tuple(readers)},
        homes=8000,
    )


def wanted(kind: ReportKind = ReportKind.QUARTERLY) -> ReportWanted:
    return ReportWanted(kind=kind, first=OCTOBER.first, last=OCTOBER.last, id=str(uuid4()))


async def told(store: Store, number: int, *facts: CaseFact, recorded_at: datetime | None = None) -> str:
    """A case of that number in the year of these tests."""
    ref = f"CW-2611-{number:06d}"
    async with store.writing() as db:
        if not await cases.is_registered(db, ref):
            await cases.register(db, ref, EDITION.ref, empty_file(MONDAY.date()).closure_days, MONDAY)
        head = (await cases.head_of(db, ref))[0]
        entries = [entry(one, recorded_at=recorded_at) for one in facts]
        await recording.record(db, ref, head + 1, entries, recorded_at or MONDAY)
    return ref


async def made(by: Reporter, asked: ReportWanted) -> Made:
    await ActivityEnvironment().run(by.ask, asked)
    await ActivityEnvironment().run(by.make, asked)
    async with by.store.reading() as db:
        kept = await made_reports.made_of(db, asked.id)
    assert kept is not None
    return kept


async def line_of(store: Store, id_: str) -> MadeReport:
    async with store.reading() as db:
        line = await made_reports.by_id(db, id_)
    assert line is not None
    return line


async def readers_of(store: Store, id_: str) -> list[Reader]:
    async with store.reading() as db:
        return await made_reports.readers(db, id_)


async def test_a_report_says_what_measures_count(store: Store) -> None:
    await told(store, 1, report(MONDAY), contact(MONDAY + 2 * DAY))
    await told(store, 2, report(MONDAY, "drugs"))
    await told(store, 3, report(london(2023, 9, 30)))
    kept = (await made(reporter(store), wanted())).report
    counted = await Measuring(store).measured(OCTOBER, kept.known_at, ["opened"], ["category"])
    by_type = next(one for one in kept.tables if one.section == "New cases by type")
    assert {row.of: row.figure.value for row in by_type.rows} == {("noise",): 1, ("drugs",): 1}
    assert {of: one.value for of, one in counted.figures["opened"].items() if of} == {
        row.of: row.figure.value for row in by_type.rows
    }
    assert (kept.cases, kept.erased, by_type.version) == (3, 0, 1)
    waits = next(one for one in kept.tables if one.measure == "days_to_contact")
    assert (waits.whole.figure.number, waits.whole.figure.value) == (1, 2)


async def test_made_again_it_is_another_and_the_earlier_one_stays_as_it_was(store: Store) -> None:
    await told(store, 4, report(MONDAY))
    by, asked = reporter(store), wanted()
    before = await made(by, asked)
    line = await line_of(store, asked.id)
    await told(store, 5, report(MONDAY), recorded_at=datetime.now(UTC))
    assert await made(by, asked) == before
    assert await line_of(store, asked.id) == line
    again = await made(by, wanted())
    opened = [next(one for one in each.report.tables if one.measure == "opened") for each in (before, again)]
    assert [one.whole.figure.value for one in opened] == [1, 2]


async def test_what_was_learnt_after_it_was_asked_for_is_not_in_it(store: Store) -> None:
    """However late it is made."""
    asked, now = wanted(), datetime.now(UTC)
    async with store.writing() as db:
        line = asked_of(asked, "manager-1", now - timedelta(minutes=5), tells=False)
        await made_reports.ask(db, line, "digest")
    await told(store, 6, report(MONDAY), recorded_at=now - timedelta(minutes=1))
    kept = await made(reporter(store), asked)
    assert kept.report.known_at == line.asked_at
    assert next(one for one in kept.report.tables if one.measure == "opened").whole.figure.value == 0


async def test_one_that_was_given_up_is_not_made_any_more(store: Store) -> None:
    by, asked = reporter(store), wanted()
    await ActivityEnvironment().run(by.ask, asked)
    await ActivityEnvironment().run(by.give_up, asked)
    await ActivityEnvironment().run(by.make, asked)
    assert (await line_of(store, asked.id)).state is MadeState.FAILED
    done = wanted()
    await made(by, done)
    await ActivityEnvironment().run(by.give_up, done)
    assert (await line_of(store, done.id)).state is MadeState.MADE


async def test_each_reader_is_told_once_that_it_stands_on_its_page_and_nothing_that_is_in_it(store: Store) -> None:
    await told(store, 7, report(MONDAY, about=PAT))
    postbox, asked = Postbox(), wanted()
    async with behaving(postbox) as port:
        by = reporter(store, port, (ANN, BOB, ANN))
        await made(by, asked)
        for _ in range(2):
            await ActivityEnvironment().run(by.send, asked)
    assert sorted(to for recipients, _ in postbox.taken for to in recipients) == [ANN, BOB]
    content = message_from_bytes(postbox.taken[0][1])
    body = content.get_payload(decode=True)
    assert isinstance(body, bytes)
    said = body.decode()
    assert f"https://homes.invalid/figures/{asked.id}" in said
    assert "from Sunday 1 October 2023 to Tuesday 31 October 2023" in " ".join(said.split())
    assert content["Subject"] == "A report has been made"
    assert not content.is_multipart()
    assert "Patience" not in said
    assert {one.state for one in await readers_of(store, asked.id)} == {ReaderState.SENT}


async def test_who_is_refused_stands_so_and_others_are_told(store: Store) -> None:
    postbox, asked = Postbox(answers={"RCPT": "550 5.1.1 Nobody here"}), wanted()
    async with behaving(postbox) as port:
        by = reporter(store, port, (ANN,))
        await made(by, asked)
        await ActivityEnvironment().run(by.send, asked)
        await ActivityEnvironment().run(by.send, asked)
    assert [(one.address, one.state) for one in await readers_of(store, asked.id)] == [(ANN, ReaderState.REFUSED)]


async def test_while_the_mail_server_is_away_it_is_tried_again(store: Store) -> None:
    postbox, asked = Postbox(), wanted()
    away = reporter(store, 1, (ANN, BOB))
    await made(away, asked)
    with pytest.raises(DeliveryUnavailable):
        await ActivityEnvironment().run(away.send, asked)
    assert {one.state for one in await readers_of(store, asked.id)} == {ReaderState.WAITING}
    async with behaving(postbox) as port:
        await ActivityEnvironment().run(reporter(store, port, (ANN, BOB)).send, asked)
    assert len(postbox.taken) == 2


async def test_of_whom_nobody_knows_whether_they_were_told_are_not_told_again(store: Store) -> None:
    """A worker died while it spoke with the mail server."""
    postbox, asked = Postbox(), wanted()
    async with behaving(postbox) as port:
        by = reporter(store, port, (ANN,))
        await made(by, asked)
        async with store.writing() as db:
            await made_reports.to_tell(db, asked.id, [ANN], datetime.now(UTC))
            [waiting] = await made_reports.readers(db, asked.id)
            assert await made_reports.turn(db, asked.id, waiting, ReaderState.SENDING, datetime.now(UTC))
            assert not await made_reports.turn(db, asked.id, waiting, ReaderState.SENDING, datetime.now(UTC))
        await ActivityEnvironment().run(by.send, asked)
    assert postbox.taken == []
    assert [one.state for one in await readers_of(store, asked.id)] == [ReaderState.IN_DOUBT]


@pytest.mark.parametrize("kind", [ReportKind.MONTHLY, ReportKind.QUARTERLY])
async def test_nobody_is_told_of_another_kind_or_of_what_somebody_made_for_themselves(
    store: Store, kind: ReportKind
) -> None:
    postbox, asked = Postbox(), wanted(kind)
    async with behaving(postbox) as port:
        by = reporter(store, port, (ANN,))
        if kind is ReportKind.QUARTERLY:
            async with store.writing() as db:
                line = asked_of(asked, "manager-1", datetime.now(UTC), tells=False)
                await made_reports.ask(db, line, "digest")
        await made(by, asked)
        await ActivityEnvironment().run(by.send, asked)
    assert postbox.taken == []


async def a_story(store: Store, number: int, words: str) -> str:
    """Given out of a closed case that is about somebody whose name and address we know."""
    at = MONDAY + DAY
    approved = p.PublicityApproved(
        at=at, matter="publicity-5", nobody_named=True, nothing_points_to_them=True, words="Good."
    )
    return await told(
        store,
        number,
        *(report(MONDAY, about=PAT), contact(MONDAY), assessed(MONDAY), h.effect(MONDAY), h.success(MONDAY)),
        p.PublicityWorded(at=at, matter="publicity-5", words=words),
        approved,
        h.closed(at),
        p.PublicityGivenOut(at=at, matter="publicity-5", words="In the newsletter."),
    )


async def test_a_story_is_published_unless_a_name_or_an_address_stands_in_it(store: Store) -> None:
    await a_story(store, 8, "Music kept a street awake. They stopped.")
    await a_story(store, 9, "A neighbour, patience sample, stopped.")
    await a_story(store, 10, "At 3 made-up close it is quiet now.")
    kept = await made(reporter(store), wanted())
    assert kept.report.stories == ("Music kept a street awake. They stopped.",)
    assert kept.report.stories_held_back == 2
    assert kept.published_pdf is not None
    assert published(kept.report).stories == kept.report.stories


async def test_no_story_is_told_of_a_case_that_is_open_to_few(store: Store) -> None:
    ref = await a_story(store, 11, "Music kept a street awake. They stopped.")
    async with store.writing() as db:
        await db.connection.execute(cases.cases.update().where(cases.cases.c.ref == ref).values(restricted=True))
    assert (await made(reporter(store), wanted())).report.stories == ()


async def test_of_days_that_have_not_come_nothing_is_made(store: Store) -> None:
    asked = wanted().model_copy(update={"first": date(2199, 1, 1), "last": date(2199, 1, 2)})
    await ActivityEnvironment().run(reporter(store).ask, asked)
    with pytest.raises(Exception, match="No day of it has come"):
        await ActivityEnvironment().run(reporter(store).make, asked)
