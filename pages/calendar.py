"""Hearings and meetings as a calendar program fetches them: reference, kind, court, day and hour, no people."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.ics import MEDIA_TYPE, Event, calendar
from policy.permissions import Action, may
from store import hearings
from store.hearings import Held

routes = APIRouter(include_in_schema=False)

_EVERY: Final = timedelta(hours=1)


@routes.get("/calendar/{token}.ics")
async def fetched(token: str, who: Who, needs: Needs) -> Response:  # noqa: ARG001 - the door has read it
    """As of now: what its owner may see no more is gone with the next fetch. Kept by nobody on the way."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        found = await hearings.all_of(db, now, hearings.shown(now), of_cases=may(who.role, Action.LIST_CASES))
    made = calendar("Hearings and meetings", _events(found, needs.settings.public_url), _EVERY)
    return Response(
        made, headers={"Content-Disposition": 'inline; filename="hearings.ics"'}, media_type=MEDIA_TYPE
    )


def _events(found: Iterable[Held], home: str) -> Iterable[Event]:
    for one in found:
        what = f"{one.what}, by this day" if one.by_then else one.what.value
        yield Event(
            uid=f"{one.about}.{one.name}@casework",
            on=one.on,
            hour=one.hour,
            summary=f"{one.about}: {what}",
            place=one.place,
            url=f"{home}/safety/hearings",
            changes=one.changes,
            changed_at=one.said_at,
            cancelled=one.off,
        )
