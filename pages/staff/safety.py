"""Where the community safety team begins: how much is open of what they see to, and how much of it is late."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.permissions import Action, may
from store import hate_cases, open_beside
from store.open_beside import Counted

routes = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Way:
    """`counted` is None where nothing is counted."""

    href: str
    called: str
    what: str
    counted: Counted | None = None
    counts: str = ""
    """What, where that is not all that stands there."""


@routes.get("/safety")
async def shown(who: Who, needs: Needs) -> Response:
    """Only what their role may open; of the cases that the caller may see."""
    now, all_of_it = datetime.now(UTC), may(who.role, Action.LIST_CASES)
    async with needs.store.reading() as db:
        beside = await open_beside.counted(db, now)
        hate = await hate_cases.counted(db, now) if all_of_it else Counted()
    legal, reviews, referrals = (
        beside.get(kind, Counted()) for kind in ("legal-action", "case-review", "referral")
    )
    ways = [
        Way("/safety/legal-actions", "Legal actions", "where each stands, and the days on which it closes", legal),
        Way("/safety/hearings", "Hearings and meetings", "what is coming and what was, also for your calendar"),
    ]
    if all_of_it:
        ways += [
            Way("/safety/hate", "Hate cases", "the risk, who helps and what is owed", hate),
            Way("/safety/case-reviews", "Case reviews", "also called the community trigger", reviews),
            Way(
                "/safety/partners",
                "What agencies owe",
                "referrals, and what groups agreed on",
                referrals,
                "referrals",
            ),
        ]
    if may(who.role, Action.SEE_PLACES):
        ways.append(Way("/prevention", "Prevention work", "campaigns, activities and bids, and what came of them"))
    if may(who.role, Action.SEE_POLICY_REVIEW):
        ways.append(Way("/policy-review", "Review of our policy", "when it is due, and who sees to it"))
    if may(who.role, Action.SEE_TRENDS):
        ways += [
            Way("/focus-areas", "Focus areas", "places with more new cases than chance explains"),
            Way("/trends", "New cases year on year", "by ward and by kind, with how sure each change is"),
        ]
    return await staff_page(needs, who, "staff/safety.html", "Community safety", ways_here=ways)
