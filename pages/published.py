"""What anybody may read: our policy by edition, how well everybody can use our pages, and what we keep of whom."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from api.policy_review import standing as standing_review
from api.problems import problem
from api.resources import Needs
from letters.compose import Letterhead
from letters.landlord import contacts_of, controller_of, letterhead_of
from letters.statement import Statement, accessibility, privacy, statement, statement_pdf
from pages.rendering import page
from policy.editions import Edition, EditionUnknown, in_force_on, named, released
from policy.working_days import day_in_words, london_day

routes = APIRouter(include_in_schema=False)

_POLICY: Final = "/our-policy"
_EDITIONS_KEPT: Final = 16


def standing(edition: Edition, editions: Sequence[Edition], today: date) -> tuple[str, date]:
    """Whether it is in force, in words, and the last day until today on which it was: what the law allowed then is
    what it names. `editions` are the oldest first.
    """
    if edition.in_force_from > today and edition is not editions[0]:
        return (
            f"It is not in force yet. It will be from {day_in_words(edition.in_force_from)}.",
            edition.in_force_from,
        )
    later = next((one for one in editions if edition.in_force_from < one.in_force_from <= today), None)
    if later is None:
        return "It is what we work by now.", today
    ended = later.in_force_from - timedelta(days=1)
    return f"It is no longer in force. It was until {day_in_words(ended)}.", ended


@lru_cache(maxsize=_EDITIONS_KEPT)
def _pdf(told: Statement, house: Letterhead) -> bytes:
    return statement_pdf(told, house)


async def _edition(edition: str) -> Edition:
    """Raises 404."""
    try:
        return named(edition)
    except EditionUnknown:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such edition.") from None


OfEdition = Annotated[Edition, Depends(_edition)]


@routes.get(_POLICY)
async def policy(needs: Needs) -> Response:
    return await _policy(needs, in_force_on(_today()))


@routes.get(f"{_POLICY}.pdf")
def policy_pdf(needs: Needs) -> Response:
    return _policy_pdf(needs, in_force_on(_today()))


@routes.get(f"{_POLICY}/{{edition}}.pdf")
def edition_pdf(edition: OfEdition, needs: Needs) -> Response:
    return _policy_pdf(needs, edition)


@routes.get(f"{_POLICY}/{{edition}}")
async def of_edition(edition: OfEdition, needs: Needs) -> Response:
    return await _policy(needs, edition)


@routes.get("/accessibility")
async def accessible(needs: Needs) -> Response:
    told = accessibility(in_force_on(_today()), letterhead_of(needs.settings))
    return page(needs.settings, "published.html", told.tab, told=told)


@routes.get("/privacy")
async def private(needs: Needs) -> Response:
    told = privacy(in_force_on(_today()), letterhead_of(needs.settings), controller_of(needs.settings))
    return page(needs.settings, "published.html", told.tab, told=told)


async def _policy(needs: Needs, edition: Edition) -> Response:
    told, stands = _told(needs, edition)
    of_now = in_force_on(_today()) is edition
    others = [one for one in released() if one is not edition]
    return page(
        needs.settings,
        "policy.html",
        told.tab,
        told=told,
        stands=stands,
        pdf=f"{_POLICY}/{edition.name}.pdf",
        now=None if of_now else _POLICY,
        reviewed_next=_reviewed_next((await standing_review(needs)).last_day) if of_now else None,
        others=[(f"{_POLICY}/{one.name}", day_in_words(one.in_force_from)) for one in others],
    )


def _reviewed_next(by: date) -> str:
    if by < _today():
        return f"It was to be reviewed by {day_in_words(by)}. That is late."
    return f"It will be reviewed by {day_in_words(by)}, or sooner where the law changes."


def _policy_pdf(needs: Needs, edition: Edition) -> Response:
    """Made once of the same words: away from the loop, since setting it takes a second."""
    told, _ = _told(needs, edition)
    content = _pdf(told, letterhead_of(needs.settings))
    named_so = {"Content-Disposition": f'inline; filename="our-policy-{edition.name}.pdf"'}
    return Response(content, media_type="application/pdf", headers=named_so)


def _told(needs: Needs, edition: Edition) -> tuple[Statement, str]:
    stands, day = standing(edition, released(), _today())
    return statement(edition, letterhead_of(needs.settings), contacts_of(needs.settings), day), stands


def _today() -> date:
    return london_day(datetime.now(UTC))
