"""One's own case, as far as it is one's own to read."""

from datetime import datetime

from pages.private.visiting import by_link
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.editions import of
from policy.facts.contact import PersonContacted
from policy.facts.matters import MatterKind
from policy.facts.promising import PromiseMade
from policy.frozen import Frozen
from policy.own_timeline import NAMES, SHOWN, Line, names_whose, own_line, own_plan
from policy.plan import TOLD_BY, Planned
from store import applications, corrections, plans, private_links, timeline
from store.sessions import Reading

_NEXT = ("first-contact", "regular-contact")
_PUT_RIGHT = "What we had written down here was put right. Ring us, and we tell you."


class OwnReview(Frozen):
    """A case review that they asked for here, and within how many working days they hear of it."""

    ref: str
    asked_at: datetime
    acknowledged_within: int
    decided_within: int


class OwnCase(Frozen):
    """Without anything of anybody else, or that was put right since. `promised` and `agreed` are open or were
    ended, each with its day; `late`: the day of the next contact has passed.
    """

    ref: str
    last_contact: datetime | None
    next_contact: datetime | None
    late: bool
    promised: tuple[Planned, ...]
    agreed: tuple[Planned, ...]
    lines: tuple[Line, ...]
    reviews: tuple[OwnReview, ...]


async def own_case(db: Reading, file: CaseFile, person: str, now: datetime) -> OwnCase:
    plan = await plans.of_case(db, file)
    complains = person == COMPLAINANT
    owed = [one.due for one in deadlines(file, of(file.edition)) if one.key in _NEXT] if complains else []
    told = await timeline.entries_of(db, file.ref, kinds=(*SHOWN, *TOLD_BY, NAMES))
    kept = [one for one in await corrections.marked(db, file.ref, told) if one.content is not None]
    put_right = {one.seq for one in kept if one.corrected_by}
    whose = {one.seq: named for one in kept if (named := names_whose(one.entry().fact))}
    contacts, lines, promised = [], [], set()
    for one in kept:
        entry = one.entry()
        if isinstance(entry.fact, PersonContacted) and entry.fact.person == person and entry.fact.reached:
            contacts.append(entry.at)
        if isinstance(entry.fact, PromiseMade) and entry.fact.person == person:
            promised.add(f"{MatterKind.PROMISE}-{one.seq}")
        if (line := own_line(file, person, entry, whose)) is not None:
            lines.append(line.model_copy(update={"said": _PUT_RIGHT}) if one.seq in put_right else line)
    return OwnCase(
        ref=file.ref,
        last_contact=file.last_contact_at if complains else max(contacts, default=None),
        next_contact=min(owed, default=None),
        late=bool(owed) and min(owed) < now,
        promised=tuple(p for p in _as_it_stands(plan.promises, put_right) if p.key in promised),
        agreed=own_plan(person, _as_it_stands(plan.actions, put_right)),
        lines=tuple(sorted(lines, key=lambda line: line.at, reverse=True)),
        reviews=await _reviews(db, file, person),
    )


async def _reviews(db: Reading, file: CaseFile, person: str) -> tuple[OwnReview, ...]:
    theirs = [by_link(one.id) for one in await private_links.of_case(db, file.ref) if one.person == person]
    days = of(file.edition).case_reviews.days
    return tuple(
        OwnReview(
            ref=one.ref,
            asked_at=one.first().at,
            acknowledged_within=days.acknowledge,
            decided_within=days.threshold + days.tell_threshold,
        )
        for one in await applications.asked_by(db, theirs)
    )


def _as_it_stands(planned: tuple[Planned, ...], put_right: set[int]) -> tuple[Planned, ...]:
    """A key ends in the number of the entry that began it."""
    return tuple(one for one in planned if int(one.key.rpartition("-")[2]) not in put_right)
