"""When our policy is reviewed next, who sees to it, and forms for what happens to that."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import policy_review
from api.permission import By, Who
from api.problems import problem
from api.resources import Needs
from pages.form import Form
from pages.staff.kept import Kept, labelled
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.rendering import staff_page
from policy.facts import Fact
from policy.own_review.facts import PolicyReviewBroughtForward, PolicyReviewed, PolicyReviewOwnerNamed
from policy.permissions import may_record

routes = APIRouter(include_in_schema=False)

_HOME: Final = "/policy-review"
_TITLE: Final = "Review of our policy"


def _form(kind: type[Fact], way: str, heading: str, about: str, **labels: str) -> Kept:
    inputs: tuple[Input, ...] = labelled(inputs_of(kind, lambda _: None), labels)
    fact = kind.model_fields["fact"].default
    return Kept(f"{_HOME}/{way}", _HOME, _TITLE, _TITLE, heading, fact, inputs, about)


_WAYS: Final = {
    "owner": _form(
        PolicyReviewOwnerNamed,
        "owner",
        "Say who sees to the review",
        "It stands among their tasks from three months before it is due.",
        owner="Who, by the name that they sign in with",
    ),
    "forward": _form(
        PolicyReviewBroughtForward,
        "forward",
        "Bring the review forward",
        "Where the law changes, or for another reason. It is never put off.",
        to="By which day it is reviewed",
    ),
    "reviewed": _form(
        PolicyReviewed,
        "reviewed",
        "Say what came of the review",
        "The next one is due three years after this one.",
        edition="What the new edition is called, where there is one",
        words="What was looked at, and why it stays or changes",
    ),
}
_TOLD: Final = {
    "policy_review_owner_named": "Somebody was named to see to it",
    "policy_review_brought_forward": "It was brought forward",
    "policy_reviewed": "The policy was reviewed",
    "policy_review_reminded": "Its owner was reminded",
    "deadline_missed": "The day passed without a review",
}


@routes.get(_HOME)
async def shown(who: Who, needs: Needs) -> Response:
    told = await policy_review.told(needs)
    return await staff_page(
        needs,
        who,
        "staff/policy_review.html",
        _TITLE,
        of_us=[told.owner, *(one.by_id for one in told.history)],
        told=told,
        late=told.due.due < datetime.now(UTC),
        history=told.history[::-1],
        heading=_TOLD.get,
        presses=[(one.to, one.heading) for one in _WAYS.values() if may_record(who.role, one.fact)],
    )


@routes.get(f"{_HOME}/{{way}}")
async def ask(way: str, who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _way(way), {})


@routes.post(f"{_HOME}/{{way}}")
async def record(way: str, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """Pressed twice it is recorded once."""
    there = _way(way)

    async def kept(key: str) -> Response:
        await policy_review.record({"fact": there.fact} | there.body(form), key, by, needs)
        return RedirectResponse(_HOME, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, kept)


def _way(way: str) -> Kept:
    """Raises 404."""
    if way not in _WAYS:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.")
    return _WAYS[way]
