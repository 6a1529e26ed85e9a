"""A case on one page: how bad it is, what happens next, who is on it, what was promised, and all that happened."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.border import Ref
from api.case_reviews import CASE_REVIEWS
from api.cases import Case, case
from api.lists import LISTS
from api.permission import By, How, Who
from api.procedures import LEGAL_ACTIONS, LISTED_AS, REFERRALS
from api.recognising import OnThisCase
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.happening import Happened, happened, of_us
from pages.staff.letter_states import BECAME
from pages.staff.recording import drafts
from pages.staff.recording.form import FORMS
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.company import called
from policy.editions import of
from policy.facts.base import Actor
from policy.facts.letters import LetterKind
from policy.frozen import Frozen
from policy.headings import heading_of_kind
from policy.permissions import Action, Relation, relations
from policy.standing import Standing
from store import corrections, evidence_files, timeline
from store.evidence_files import FileState

routes = APIRouter(include_in_schema=False)

_LONGEST: Final = 100
_LISTED: Final = {one.kind.name: LISTED_AS[one.which] for one in (LEGAL_ACTIONS, REFERRALS, CASE_REVIEWS)}
"""By kind of what is carried on beside a case, the list that its remedy, agency or district is from."""
_BY: Final = ("words", "kind", "late")


class Narrowed(Frozen):
    """The lines of the timeline that are shown: with all of the `words`, of these kinds, recorded `late`."""

    words: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Mapping[str, Sequence[str]]) -> "Narrowed":
        said = {name: tuple(one.strip()[:_LONGEST] for one in form.get(name, ()) if one.strip()) for name in _BY}
        return cls(**said)

    def shows(self, line: Happened) -> bool:
        late = line.recorded_at is not None or not self.late
        return late and (not self.kind or line.fact in self.kind) and all(map(line.has, self.words))


@routes.get("/cases/{ref}")
async def shown(ref: Ref, by: By, who: Who, how: How, needs: Needs) -> Response:
    return await _page(ref, by, who, how, needs, Narrowed())


@routes.post("/cases/{ref}")
async def narrowed(ref: Ref, form: Form, by: By, who: Who, how: How, needs: Needs) -> Response:
    """What is looked for stands in no address."""
    return await _page(ref, by, who, how, needs, Narrowed.of(form))


async def _page(
    ref: str, by: Actor, who: Caller, how: Relation | None, needs: Resources, wanted: Narrowed
) -> Response:
    found = await case(ref, by, how, needs)
    async with needs.store.reading() as db:
        entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref))
        files = await evidence_files.of_case(db, ref)
        begun = await drafts.begun(db, who, ref)
    names = named(found.people)
    lines = [happened(entry, names) for entry in reversed(entries)]
    now = datetime.now(UTC)
    actions = [one for one in found.actions if one.fact in FORMS]
    return await staff_page(
        needs,
        who,
        "staff/case.html",
        ref,
        of_us=[*_of_us(found), *of_us(lines)],
        case=found,
        hears=how in relations(who.role, Action.REPORT_ON_CASE),
        now=now,
        categories=categories_of(found.standing),
        names=names,
        next_steps=[one for one in found.standing.deadlines if one.ours],
        theirs=[one for one in found.standing.deadlines if not one.ours],
        may=[one for one in actions if one.refusal is None],
        may_not=[one for one in actions if one.refusal is not None],
        begun=begun,
        which=which_called(found),
        files=files,
        waits_for_scan=sum(one.state is FileState.QUARANTINED for one in files),
        unsaid=sum(one.matter is None and one.state is not FileState.ERASED for one in files),
        lines=[line for line in lines if wanted.shows(line)],
        of_all=len(lines),
        narrowed=wanted.model_dump(),
        kinds=Counter(line.fact for line in lines),
        heading=heading_of_kind,
        letter_kinds=LetterKind,
        became=BECAME,
        follow=f"/api/cases/{ref}/timeline/stream?after={found.standing.seq}",
    )


def _of_us(found: Case) -> Iterator[str | None]:
    stands = found.standing
    yield from (stands.officer, stands.cover.officer if stands.cover else None)
    yield from (one.owner for one in (*found.plan.promises, *found.plan.actions))
    yield from (one.officer for one in found.linked)


def categories_of(stands: Standing) -> list[str]:
    edition = of(stands.edition)
    return [one.name for key in stands.categories if (one := edition.category(key))]


def which_called(found: Case) -> Mapping[str, str]:
    """Of each that is carried on beside it, its remedy, agency or district by name."""
    edition = of(found.standing.edition)
    called = {kind: {one.key: one.name for one in LISTS[listed](edition)} for kind, listed in _LISTED.items()}
    return {one.ref: called[one.kind].get(one.which, one.which) for one in found.beside if one.which}


def named(people: Sequence[OnThisCase]) -> Mapping[str, str]:
    """By their key on the case, as somebody is called there."""
    return {one.key: f"{one.name} ({called(one.key)})" if one.name else called(one.key) for one in people}
