"""retention: a person by themselves, a case review, and what is decided of together by the month."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text, update

from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.case_review.stages import ReviewStage
from policy.estates import facts as estate
from policy.journal import Note
from policy.lettings import Answer, History
from policy.prevention import PreventionEnded, PreventionKind, PreventionPlanned, Result
from policy.retention import facts as keeping
from policy.tenure import Tenure
from store import (
    disclosures,
    erasure,
    focus_areas,
    lettings,
    people,
    places,
    prevention,
    procedures,
    relations,
    tenancies,
)
from store import keeping as kept
from store.away import StoreRefused
from store.disclosures import Disclosed
from store.lettings import Check
from store.lookings import lookings
from store.people import PersonTold
from store.prevention import WorkFilter
from store.sessions import Store
from store.sign_ins import staff
from store.tenancies import InHousehold, Member, TenancyTold
from tests.given import EDITION, OFFICER, empty_file, london
from tests.policy import focusing
from tests.policy.estates import counting
from tests.store.a_focus_area import focus_area
from tests.store.erasing import (
    DAY,
    NAME,
    OVER,
    REPORTED,
    STREET,
    WORDS,
    approved,
    carried_out,
    everything_of_somebody,
    found,
)

LONG_AGO = london(2016, 5, 25)


async def resident(store: Store, ends: date | None) -> str:
    person, tenancy = str(uuid4()), str(uuid4())
    async with store.writing() as db:
        await people.add(db, person, PersonTold(name=NAME, address=(STREET,)), LONG_AGO.date())
        told = TenancyTold(
            address=(STREET,),
            tenure=Tenure.ASSURED,
            starts=date(2010, 1, 1),
            ends=ends,
            people=(Member(person=person, place=InHousehold.TENANT),),
        )
        await tenancies.add(db, tenancy, told)
    return person


async def test_who_has_left_long_ago_and_is_on_no_case_is_erased_with_their_tenancy(
    store: Store, working_store: Store
) -> None:
    person = await resident(store, date(2016, 7, 1))
    async with store.reading() as db:
        assert await kept.candidates(db, OVER.date(), EDITION, "", 10) == [person]
    await approved(store, person)
    told = await carried_out(working_store, person)
    assert told is not None
    assert told.people == 1
    assert await found(store, NAME) == await found(store, STREET) == set()


async def test_who_lives_with_us_is_not_erased(store: Store) -> None:
    person = await resident(store, None)
    async with store.writing() as db:
        assert await kept.candidates(db, OVER.date(), EDITION, "", 10) == []
        assert not await erasure.propose(db, person, OVER, EDITION)
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with store.writing() as db:
            await db.connection.execute(text(f"SELECT erase_person('{person}')"))


async def test_a_review_is_erased_and_what_is_published_of_it_can_still_be_counted(
    store: Store, working_store: Store
) -> None:
    closed = empty_file(LONG_AGO.date()).closure_days
    over = {"stage": ReviewStage.OVER, "district": "sevenoaks", "asked_at": LONG_AGO, "decided_by": "supervisor-9"}
    file = ReviewFile(ref="CR-2016-000001", edition=EDITION.ref, closure_days=closed).with_(**over)
    async with store.writing() as db:
        await procedures.register(db, CASE_REVIEW.name, file)
        rows = procedures.procedures
        await db.connection.execute(update(rows).values(finished=True, seq=1))
        await db.connection.execute(
            text(
                "INSERT INTO timeline VALUES ('CR-2016-000001', 1, 'x', 'case_review_asked', :at, :at, 'public',"
                " 'resident', '', '', '', '')"
            ),
            {"at": LONG_AGO},
        )
    await approved(store, "CR-2016-000001")
    assert await carried_out(working_store, "CR-2016-000001")
    async with store.reading() as db:
        (left,) = await procedures.files_of(db, CASE_REVIEW.name)
    assert isinstance(left, ReviewFile)
    assert (left.district, left.asked_at, left.decided_by) == ("sevenoaks", LONG_AGO, None)


async def checked(store: Store, at: datetime) -> None:
    check = Check(
        id=str(uuid4()),
        asked_at=at,
        asked_by="lettings-1",
        reason="exclusion_policy",
        application=None,
        name=NAME,
        addresses=((STREET,),),
        history=History.NONE,
        upheld=0,
    )
    answer = Answer(history=History.NONE, in_words="", upheld=0, within_days=730, edition=EDITION.name)
    async with store.writing() as db:
        await lettings.keep(db, check, answer, "d", ())


async def signed_in(store: Store, at: datetime) -> None:
    async with store.writing() as db:
        row = {"subject": str(uuid4()), "name": NAME, "groups": [], "signed_in_at": at}
        await db.connection.execute(insert(staff).values(**row))


async def looked(store: Store, at: datetime) -> None:
    async with store.writing() as db:
        row = {"who": "officer-1", "about": NAME, "what": "see_case", "since": at, "at": at}
        await db.connection.execute(insert(lookings).values(**row, role="officer", relation="mine"))


async def disclosed(store: Store, at: datetime) -> None:
    """What an export told of no case."""
    line = Disclosed(
        id=str(uuid4()),
        case_ref=None,
        seq=None,
        what="exported",
        at=at,
        entered_at=at,
        told=("police",),
        about=None,
        gateway=None,
        lawful_reason=None,
        by_id=NAME,
    )
    async with store.writing() as db:
        await disclosures.enter(db, [line])


async def worked(store: Store, at: datetime) -> None:
    """Prevention work that ended on that day."""
    day, about = at.date(), str(uuid4())
    what = {"kind": PreventionKind.ACTIVITY, "title": f"With {NAME}", "words": WORDS, "starts": day, "ends": day}
    planned = PreventionPlanned(at=at, **what, cost=700)
    ended = PreventionEnded(at=at, result=Result.WORKED, words=f"{NAME} was glad.")
    for fact in (planned, ended):
        note = Note(id=str(uuid4()), by=OFFICER, recorded_at=at, fact=fact, digest=STREET)
        async with store.writing() as db:
            await prevention.record(db, about, note)


async def focused(store: Store, at: datetime) -> None:
    """A place that was refused on that day."""
    area = await focus_area(store, at)
    no = focusing.refused(at).model_copy(update={"reasons": f"It is all {NAME} of {STREET}: {WORDS}"})
    note = Note(id=str(uuid4()), by=OFFICER, recorded_at=at, fact=no, digest=STREET)
    async with store.writing() as db:
        await focus_areas.record(db, area, note, focusing.reckoning(at))


async def found_nothing(store: Store, at: datetime) -> None:
    place = str(uuid4())
    told = {
        place: estate.PlaceListed(at=at, name="Invented Court"),
        str(uuid4()): estate.PlaceInspected(at=at, words=f"{NAME} of {STREET} told me: {WORDS}"),
    }
    for id_, fact in told.items():
        note = Note(id=id_, by=OFFICER, recorded_at=at, fact=fact, digest=id_)
        async with store.writing() as db:
            if id_ == place:
                await places.list_place(db, note, counting(at))
            else:
                await places.record(db, place, note, counting(at))


async def inspected(store: Store, at: datetime) -> None:
    """Found, and settled at once."""
    place, seen = str(uuid4()), str(uuid4())
    what = (estate.FindingTold(kind="litter", where=f"Before {STREET}", words=f"{NAME} left it."),)
    settled = estate.FindingEnded(
        at=at, finding=f"{seen}-1", how=estate.WithoutACase.DEALT_WITH, words=f"{NAME}: {WORDS}"
    )
    told = {
        place: estate.PlaceListed(at=at, name="Invented Court"),
        seen: estate.PlaceInspected(at=at, words=f"Met {NAME}.", findings=what),
        str(uuid4()): settled,
    }
    for id_, fact in told.items():
        note = Note(id=id_, by=OFFICER, recorded_at=at, fact=fact, digest=id_)
        async with store.writing() as db:
            if id_ == place:
                await places.list_place(db, note, counting(at))
            else:
                await places.record(db, place, note, counting(at))


TOGETHER = [
    ("lettings_check:2022-09-01", checked),
    ("staff_name:2023-09-01", signed_in),
    ("finding:2021-09-01", inspected),
    ("finding:2021-09-01", found_nothing),
    ("looking:2018-09-01", looked),
    ("prevention_work:2018-09-01", worked),
    ("focus_area:2018-09-01", focused),
    ("disclosure:2018-09-01", disclosed),
]
Put = Callable[[Store, datetime], Awaitable[None]]


@pytest.mark.parametrize(("ref", "put"), TOGETHER)
async def test_what_is_decided_of_together_goes_by_the_month_and_what_is_younger_stays(
    store: Store, working_store: Store, ref: str, put: Put
) -> None:
    day = london(*map(int, ref.partition(":")[2].split("-")))
    await put(store, day - DAY)
    async with working_store.reading() as db:
        assert ref in await erasure.together(db, OVER, EDITION)
    assert await found(store, NAME)
    await approved(store, ref)
    told = await carried_out(working_store, ref)
    assert told == keeping.Erased(at=OVER + 15 * DAY, others=1)
    assert await found(store, NAME) == await found(store, STREET) == await found(store, WORDS) == set()
    await put(store, day + timedelta(hours=12))
    async with working_store.reading() as db:
        assert ref not in await erasure.together(db, OVER, EDITION)


async def test_of_prevention_work_codes_dates_and_money_stay(store: Store, working_store: Store) -> None:
    await worked(store, london(2018, 8, 31))
    await approved(store, "prevention_work:2018-09-01")
    assert await carried_out(working_store, "prevention_work:2018-09-01")
    async with store.reading() as db:
        (left,) = await prevention.page(db, WorkFilter(), 10)
    assert (left.title, left.words, left.result_words) == ("", "", None)
    assert (left.kind, left.ends, left.cost, left.result) == ("activity", date(2018, 8, 31), 700, "worked")


async def test_a_disclosure_stays_as_long_as_its_case(store: Store, working_store: Store) -> None:
    held = await everything_of_somebody(store)
    ref = "disclosure:2018-09-01"
    async with store.writing() as db:
        line = "INSERT INTO disclosures (id, case_ref, what, at, entered_at, told, by_id)"
        values = f"(gen_random_uuid(), '{held.action}', 'x', '{REPORTED}', '{REPORTED}', ARRAY['police'], 'o')"
        await db.connection.execute(text(f"{line} VALUES {values}"))
    async with working_store.reading() as db:
        assert ref not in await erasure.together(db, OVER, EDITION)
    await approved(store, held.case)
    assert await carried_out(working_store, held.case)
    async with working_store.reading() as db:
        assert ref in await erasure.together(db, OVER, EDITION)
    await approved(store, ref)
    told = await carried_out(working_store, ref)
    assert told is not None
    assert told.others == 1


async def test_the_teams_of_who_signs_in_no_more_go_with_their_name(store: Store, working_store: Store) -> None:
    await signed_in(store, london(2023, 8, 31))
    async with store.writing() as db:
        subject = str(await db.connection.scalar(select(staff.c.subject)))
        await relations.is_in_teams(db, subject, ["north"])
    await approved(store, "staff_name:2023-09-01")
    assert await carried_out(working_store, "staff_name:2023-09-01")
    assert await found(store, subject) == set()
