"""What somebody wrote in their diary on our page and sent, for those who work on their case."""

from fastapi import APIRouter

from api.border import Ref
from api.problems import case_not_found
from api.resources import Needs
from policy.frozen import Frozen
from store import cases, diaries
from store.diaries import Diary, DiaryEntry

routes = APIRouter(tags=["diaries"])


class SentDiary(Frozen):
    """Empty while nothing was sent: what they still write is theirs."""

    entries: tuple[DiaryEntry, ...]


@routes.get("/cases/{ref}/diaries/{matter}", summary="A diary that came back by its private link")
async def read(ref: Ref, matter: str, needs: Needs) -> SentDiary:
    """In the order in which it happened; `files` are in the case's evidence. That somebody has read it is
    `evidence_read` of the diary's matter.
    """
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        return SentDiary(entries=tuple(await diaries.of_diary(db, Diary(case_ref=ref, matter=matter), sent=True)))
