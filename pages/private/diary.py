"""A diary that was issued to somebody: an entry at a time, kept as it comes and theirs until they send it."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.problems import problem
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.asked_of_them import ENTRY
from pages.private.attaching import NOT_TAKEN_NOW, Room, attached, takes, told_of, with_files
from pages.private.saying import key_of, tell
from pages.private.visiting import InDiary, Opened, no_link, visit
from pages.questions import Answers, day_of, hour_of, one, read
from pages.rendering import page
from policy.facts.evidence import DiaryReturned
from policy.matters import stage_of
from policy.private_links import LinkPurpose, diary_of
from store import diaries, evidence_files
from store.diaries import Diary, DiaryEntry
from store.evidence_custody import CustodyLine, Handled

routes = APIRouter(include_in_schema=False)

_HERE: Final = "/diary"
_EMPTY: Final = "Write down at least one thing before you send it"
MOST_OF_ENTRY: Final = 20
_FULL: Final = (
    f"We could not take every file: {MOST_OF_ENTRY} is all that goes with one entry. Write down the rest as"
    " another, or ring us."
)


def _diary(there: Opened) -> Diary:
    return Diary(case_ref=there.file.ref, matter=there.link.matter or "")


def _deleted(there: Opened) -> CustodyLine:
    """What is written of a file that goes with its entry."""
    return CustodyLine.of(Handled.DELETED, there.actor, datetime.now(UTC))


def _is_back(there: Opened) -> bool:
    matter = diary_of(there.file, there.link.person, there.link.matter)
    return matter is None or not stage_of(matter).takes(DiaryReturned)


@routes.get(_HERE)
async def index(there: InDiary, needs: Needs) -> Response:
    return await _shown(needs, there)


@routes.post(_HERE)
async def send(request: Request, _: Form, needs: Needs) -> Response:
    """Pressed twice it is sent once. Files first, so that whoever reads the diary finds them. What is still unsent
    of one that came back otherwise, or was kept as it was sent, goes as well once they press again.
    """
    there = await visit(request, needs, LinkPurpose.DIARY)
    async with needs.everything.reading() as db:
        entries = await diaries.of_diary(db, _diary(there), sent=False)
        sent = await diaries.of_diary(db, _diary(there), sent=True)
        files = await evidence_files.by_ids(db, [id_ for entry in entries for id_ in entry.files])
    if not entries:
        return _go(_HERE) if sent or _is_back(there) else await _shown(needs, there, _EMPTY)
    for file in files.values():
        if why := await told_of(needs, there, file, "Sent with their diary."):
            return await _shown(needs, there, why)
    returned = {
        "fact": "diary_returned",
        "matter": there.link.matter,
        "words": "Sent by their private link. Its entries can be read with it.",
    }
    key = key_of(there.file.ref, there.link.matter or "", "returned")
    if not _is_back(there) and (why := await tell(needs, there, returned, key)):
        return await _shown(needs, there, why)
    async with needs.everything.writing() as db:
        await diaries.send(db, _diary(there), [entry.id for entry in entries], datetime.now(UTC))
    return _go(_HERE)


@routes.get("/diary/{entry}")
async def write(entry: str, there: InDiary, needs: Needs) -> Response:
    """A new one, or one that was not sent yet."""
    id_ = _id(entry)
    if _is_back(there):
        return _go(_HERE)
    kept = await _kept(needs, there, id_)
    return _asked(needs, id_, _typed(kept) if kept else {}, {}, files=len(kept.files) if kept else 0)


@routes.post("/diary/{entry}")
async def keep(entry: str, request: Request, needs: Needs) -> Response:
    """The words are kept before any file has come: a line that breaks off does not take them along."""
    id_, now = _id(entry), datetime.now(UTC)
    async with with_files(request, needs) as came:
        there = await visit(request, needs, LinkPurpose.DIARY)
        said, wrong = read(ENTRY, came.said, now)
        if wrong:
            return _asked(needs, id_, said, wrong)
        if _is_back(there) or not await _keep(needs, there, id_, said, now):
            raise no_link()
        kept = await _kept(needs, there, id_)
        room = Room(MOST_OF_ENTRY - len(kept.files if kept else ()), _FULL)
        files, refused = await attached(needs, came, there.actor, there.file.ref, room=room)
    async with needs.everything.writing() as db:
        for file in files:
            if not await diaries.attach(db, _diary(there), id_, file.id, _deleted(there)):
                refused.append(f"{file.name or 'A file'}: {NOT_TAKEN_NOW}")
    if refused:
        kept = await _kept(needs, there, id_)
        return _asked(needs, id_, said, {}, refused, len(kept.files) if kept else 0)
    return _go(_HERE)


@routes.get("/diary/{entry}/delete")
async def ask_to_delete(entry: str, there: InDiary, needs: Needs) -> Response:
    """Also of one that came back meanwhile: what is unsent of it is theirs."""
    kept = await _kept(needs, there, _id(entry))
    return _go(_HERE) if kept is None else page(needs.settings, "private/diary_delete.html", "Delete", entry=kept)


@routes.post("/diary/{entry}/delete")
async def delete(entry: str, request: Request, _: Form, needs: Needs) -> Response:
    """Pressed twice it is gone once. What was sent meanwhile stays."""
    there = await visit(request, needs, LinkPurpose.DIARY)
    async with needs.everything.writing() as db:
        await diaries.drop(db, _diary(there), _id(entry), _deleted(there))
    return _go(_HERE)


async def _keep(needs: Resources, there: Opened, id_: str, said: Answers, now: datetime) -> bool:
    entry = DiaryEntry(
        id=id_,
        day=day_of(said["day"]) if "day" in said else None,
        hour=f"{hour:%H:%M}" if (hour := hour_of(one(said, "hour") or "")) else None,
        words=one(said, "words") or "",
        others=one(said, "others"),
        felt=one(said, "felt"),
        kept_at=now,
    )
    async with needs.everything.writing() as db:
        return await diaries.keep(db, _diary(there), there.link.id, entry)


async def _kept(needs: Resources, there: Opened, id_: str) -> DiaryEntry | None:
    async with needs.everything.reading() as db:
        unsent = await diaries.of_diary(db, _diary(there), sent=False)
    return next((one for one in unsent if one.id == id_), None)


def _typed(entry: DiaryEntry) -> Answers:
    day = (str(entry.day.day), str(entry.day.month), str(entry.day.year)) if entry.day else ()
    said = {"words": entry.words, "hour": entry.hour, "others": entry.others, "felt": entry.felt}
    return {"day": day} | {name: (value,) for name, value in said.items() if value}


async def _shown(needs: Resources, there: Opened, wrong: str = "") -> Response:
    diary, back = _diary(there), _is_back(there)
    async with needs.everything.reading() as db:
        unsent = await diaries.of_diary(db, diary, sent=False)
        before = await diaries.of_diary(db, diary, sent=True)
    if not unsent and (back or before):
        return page(needs.settings, "private/diary_sent.html", "We have it")
    matter = diary_of(there.file, there.link.person, there.link.matter)
    return page(
        needs.settings,
        "private/diary.html",
        f"{'Error: ' if wrong else ''}What you wrote",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        entries=unsent,
        back=back,
        until=matter.until if matter else None,
        new=str(uuid4()),
        wrong=wrong,
    )


def _asked(
    needs: Resources,
    id_: str,
    said: Answers,
    wrong: dict[str, str],
    refused: list[str] | None = None,
    files: int = 0,
) -> Response:
    bad = bool(wrong or refused)
    return page(
        needs.settings,
        "private/diary_entry.html",
        f"{'Error: ' if bad else ''}Write",
        HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK,
        question=ENTRY,
        answers=said,
        wrong=wrong,
        refused=refused or [],
        files=files,
        to=f"{_HERE}/{id_}",
        takes=takes(needs.settings),
    )


def _id(entry: str) -> str:
    try:
        return str(UUID(entry))
    except ValueError:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.") from None


def _go(where: str) -> RedirectResponse:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)
