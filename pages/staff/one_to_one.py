"""A page for an officer and whoever leads them: each open case, what is late, what is next. (one-to-ones)"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Response

from activities.measuring import of_officer
from api.identity import forbidden
from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.deadlines import bare_key
from policy.facts.matters import MatterKind
from policy.frozen import Frozen
from policy.ledger import Ending
from policy.measures import MEASURES
from policy.measures.base import Figure
from policy.measures.period import Period
from policy.permissions import Action, may, may_record
from policy.reports.labels import in_words
from policy.reports.report import Told
from policy.working_days import london_day
from store import one_to_one
from store.one_to_one import Case, Owed

routes = APIRouter(include_in_schema=False)

_PROMISE: Final = f"{MatterKind.PROMISE}-"
_REVIEW: Final = "review"
_MEASURES: Final = (
    *("opened", "closed", "contacts_kept", "promises_kept", "risk_assessed"),
    *("days_to_contact", "days_to_closure", "satisfied"),
)
"""What an officer has in hand themselves. Reviews, and so all that is owed, are their supervisor's as well."""


class Shown(Frozen):
    """A case and, of what is owed on it, its review, its promises, what a supervisor has, and the rest."""

    case: Case
    review: Owed | None
    promises: tuple[Owed, ...]
    above: tuple[Owed, ...]
    steps: tuple[Owed, ...]


@routes.get("/one-to-one")
async def shown(who: Who, needs: Needs, officer: str | None = None) -> Response:
    """One's own, or for whoever leads a team anybody's; of the cases that the caller may see. Raises 403."""
    about = officer or who.id
    leads = may(who.role, Action.LEAD_TEAM)
    if about != who.id and not leads:
        raise forbidden("A one-to-one is for the officer and whoever leads them.")
    now = datetime.now(UTC)
    today = london_day(now)
    this_month = Period.month(today.year, today.month).up_to(today)
    month, before = this_month.begins, this_month.first - timedelta(days=1)
    last_month = Period.month(before.year, before.month)
    async with needs.store.reading() as db:
        cases = await one_to_one.open_cases(db, about, today)
        closed = await one_to_one.closed_since(db, about, month)
        noticed = await one_to_one.missed_since(db, about, month)
        figures = await of_officer(db, about, (this_month, last_month), _MEASURES)
    return await staff_page(
        needs,
        who,
        "staff/one_to_one.html",
        "One-to-one",
        of_us=[about, *(one for case in cases for one in (case.officer, case.cover))],
        about=about,
        cases=[_shown(one) for one in cases],
        late=sum(1 for one in cases if one.next_due is not None and one.next_due <= now),
        closed=closed,
        missed=[one for one in noticed if one.ending != Ending.RECORDED_LATE],
        in_time=sum(1 for one in noticed if one.ending == Ending.RECORDED_LATE),
        month=month,
        figures=[(MEASURES[name].says, *_in_words(name, both)) for name, both in figures.items()],
        last_month=last_month,
        leads=leads,
        reviews=may_record(who.role, "case_reviewed"),
        today=today,
        now=now,
    )


def _in_words(name: str, figures: Sequence[Figure]) -> Iterator[str]:
    return (in_words(MEASURES[name].unit, Told(**one.model_dump())) for one in figures)


def _shown(case: Case) -> Shown:
    own = [one for one in case.owed if bare_key(one.key) == one.key]
    promises = [one for one in own if one.key.startswith(_PROMISE)]
    return Shown(
        case=case,
        review=next((one for one in own if one.key == _REVIEW), None),
        promises=tuple(promises),
        above=tuple(one for one in own if one.noticed_at is not None and one.owed_by == "officer"),
        steps=tuple(one for one in own if one not in promises and one.key != _REVIEW),
    )
