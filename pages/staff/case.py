"""A case on one page: how bad it is, what happens next, who is on it, what was promised, and all that happened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Response

from api.border import Ref
from api.cases import case
from api.permission import By, How, Who
from api.recognising import OnThisCase
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.company import called
from policy.correcting import Correction
from policy.editions import of
from policy.facts.base import Actor, Role
from policy.frozen import Frozen
from policy.headings import heading_of, heading_of_kind
from policy.packs.fields import codes_of, said_in
from policy.permissions import Relation
from store import corrections, timeline
from store.timeline import TimelineEntry

routes = APIRouter(include_in_schema=False)

RECORDED_LATE: Final = timedelta(hours=1)
"""As in a pack."""
_LONGEST: Final = 100


class Happened(Frozen):
    """A line of the timeline. `said` are labels and words; None once they were erased."""

    seq: int
    heading: str
    at: datetime
    recorded_at: datetime | None
    """Where that was late."""
    by: str
    said: tuple[tuple[str, str], ...] | None
    corrected_by: tuple[Correction, ...]


@routes.get("/cases/{ref}")
async def shown(ref: Ref, by: By, who: Who, how: How, needs: Needs) -> Response:
    return await _page(ref, by, who, how, needs, "")


@routes.post("/cases/{ref}")
async def narrowed(ref: Ref, form: Form, by: By, who: Who, how: How, needs: Needs) -> Response:
    """The timeline's lines that have the `words`, which stand in no address."""
    return await _page(ref, by, who, how, needs, form.get("words", [""])[0].strip()[:_LONGEST])


async def _page(ref: str, by: Actor, who: Caller, how: Relation | None, needs: Resources, words: str) -> Response:
    found = await case(ref, by, how, needs)
    async with needs.store.reading() as db:
        entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref))
    names = named(found.people)
    lines = [happened(entry, names) for entry in reversed(entries)]
    edition = of(found.standing.edition)
    now = datetime.now(UTC)
    return await staff_page(
        needs,
        who,
        "staff/case.html",
        ref,
        case=found,
        now=now,
        categories=[one.name for key in found.standing.categories if (one := edition.category(key))],
        names=names,
        next_steps=[one for one in found.standing.deadlines if one.ours],
        theirs=[one for one in found.standing.deadlines if not one.ours],
        may=[one for one in found.actions if one.refusal is None],
        may_not=[one for one in found.actions if one.refusal is not None],
        lines=[line for line in lines if has(line, words)],
        of_all=len(lines),
        words=words,
        heading=heading_of_kind,
        follow=f"/api/cases/{ref}/timeline/stream?after={found.standing.seq}",
    )


def named(people: Sequence[OnThisCase]) -> Mapping[str, str]:
    """By their key on the case, as somebody is called there."""
    return {one.key: f"{one.name} ({called(one.key)})" if one.name else called(one.key) for one in people}


def happened(entry: TimelineEntry, names: Mapping[str, str]) -> Happened:
    said, heading = None, heading_of_kind(entry.fact)
    if entry.content is not None:
        fact = entry.entry().fact
        heading = heading_of(fact, lambda key: names.get(key, called(key)))
        said = (*said_in(fact), *codes_of(fact))
    late = entry.recorded_at - entry.at > RECORDED_LATE
    return Happened(
        seq=entry.seq,
        heading=heading,
        at=entry.at,
        recorded_at=entry.recorded_at if late else None,
        by="Casework itself" if entry.by_role == Role.SYSTEM else entry.by_id,
        said=said,
        corrected_by=entry.corrected_by,
    )


def has(line: Happened, words: str) -> bool:
    text = " ".join((line.heading, *(part for said in line.said or () for part in said))).casefold()
    return all(word in text for word in words.casefold().split())
