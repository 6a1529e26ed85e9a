"""Before a report becomes a new case: open and recent cases about the same people, household or place."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter
from pydantic import computed_field

from api.border import Body, schema_of, understood
from api.permission import Who
from api.recognising import all_known
from api.resources import Needs
from policy.editions import in_force_on
from policy.facts.reporting import ReportReceived
from policy.frozen import Frozen
from policy.permissions import Action
from policy.working_days import london_day
from store import similar
from store.lookings import found_cases
from store.similar import Draft, SimilarCase

routes = APIRouter(tags=["reports"])

_DRAFT: Final[dict[str, Any]] = {
    "noise": {
        "value": {
            "complainant": {"name": "Rowan Example", "address": ["2 Invented Row", "Sevenoaks"]},
            "about": {"name": "Ashley Sample", "address": ["4 Invented Row", "Sevenoaks"]},
            "category": "noise",
        }
    }
}


_PASSED_OVER: Final = ReportReceived.model_fields.keys() - Draft.model_fields.keys()


class Offered(SimilarCase):
    """A case that the report may belong to. Somebody decides; nothing is joined by itself."""

    @computed_field
    def open(self) -> bool:
        return self.closed_at is None

    @computed_field
    def advice(self) -> str:
        if self.closed_at is None:
            return f"This case is open. If it is the same matter, record a further incident on {self.ref}."
        return f"This case is closed. If the report goes on from it, name {self.ref} in `follows`."


class Similar(Frozen):
    cases: tuple[Offered, ...]


@routes.post(
    "/reports/similar",
    summary="Find cases like a report that is being taken",
    openapi_extra=schema_of(Draft, _DRAFT),
)
async def like_this(body: Body, who: Who, needs: Needs) -> Similar:
    """Open cases first, then what has most in common. `why` says what. What else a report says, such as its words,
    may stand in it and is passed over.
    """
    draft: Draft = understood(Draft, {name: said for name, said in body.items() if name not in _PASSED_OVER})
    now = datetime.now(UTC)
    today = london_day(now)
    closed_since = now - timedelta(days=in_force_on(today).similar.closed_within_days)
    async with needs.store.reading() as db:
        await all_known(db, draft.people)
        found = await similar.to(db, draft, closed_since=closed_since, today=today)
    await found_cases(needs.store, [one.ref for one in found], who, Action.LIST_CASES)
    return Similar(cases=tuple(Offered(**one.model_dump(exclude={"why"}), why=one.why) for one in found))
