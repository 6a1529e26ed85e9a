"""How often somebody may ask: generous, shared by all processes, and with a way on for whoever meets the limit."""

import hashlib
import hmac
import ipaddress
import math
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import structlog
from fastapi import Request
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.browser import asks_by_itself
from api.identity import Calling, requests_of
from api.problems import ProblemRaised, answer_to, problem
from api.resources import Plugged, Resources
from policy.caller import Caller
from store.asked import Asked, asked_by
from store.away import StoreAway, StoreRefused
from store.rate_limits import Limit, take

log = structlog.get_logger()

_HOUR: Final = timedelta(hours=1)
_IPV6_PREFIX: Final = 64
"""What one household or phone has at least, all of it its own to choose from."""


def address_of(request: HTTPConnection) -> str:
    """Whose connection it is. What proxies say of it has been weighed before: only those that a setting names."""
    said = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_PREFIX), strict=False))


async def report_limit(request: Request, by: Calling, needs: Plugged) -> None:
    """For those without an account; staff take reports for many."""
    await _from_address(request, by is None, needs, "reports", needs.settings.reports_an_hour)


async def draft_limit(request: Request, by: Calling, needs: Plugged) -> None:
    """As many as reports, so that nobody who could begin is refused when they send."""
    await _from_address(request, by is None, needs, "report-drafts", needs.settings.reports_an_hour)


async def review_limit(request: Request, by: Calling, needs: Plugged) -> None:
    """As for reports."""
    await _from_address(request, by is None, needs, "case-reviews", needs.settings.case_reviews_an_hour)


async def published_limit(request: Request, by: Calling, needs: Plugged) -> None:
    """What is published is counted anew for whoever asks."""
    limit = requests_of(needs.settings)
    wait = await _over(needs, "published", address_of(request), limit) if by is None else None
    if wait is not None:
        raise _more_than_we_answer(wait)


async def _from_address(request: Request, counts: bool, needs: Resources, what: str, times: int) -> None:
    wait = await _over(needs, what, address_of(request), Limit(times, _HOUR)) if counts else None
    if wait is not None:
        raise _too_many(
            "A great many people have written to us over this internet connection in the last hour, so we have not"
            f" taken this. Please try again in {_in_words(wait)}, or ring {needs.settings.landlord_phone}."
            " If anybody is in danger now, ring 999.",
            wait,
        )


async def caller_limit(request: Request, by: Calling, needs: Plugged) -> None:
    """For each of those who are signed in, under whichever token. It is part of what a request asks the store
    anyway: by a cookie it is counted wherever that tells who asks, also where nobody need say who they are.
    """
    if by is None:
        return
    if request.state.asked is None and request.state.by_token:
        request.state.asked = await _asked(request, by, needs)
    asked: Asked | None = request.state.asked
    if asked is not None and asked.wait is not None:
        log.warning("limit_reached", limit="requests")
        raise _more_than_we_answer(asked.wait)


async def _asked(request: Request, by: Caller, needs: Resources) -> Asked | None:
    """None as in `_over`."""
    try:
        return await asked_by(needs.store, by, request.path_params.get("ref"), requests_of(needs.settings))
    except (StoreAway, StoreRefused):
        return None


async def link_limit(needs: Resources, *whose: str) -> None:
    """For each private link."""
    limit = Limit(needs.settings.link_uses_an_hour, _HOUR)
    if (wait := await _over(needs, "links", " ".join(whose), limit)) is not None:
        raise _not_by_link(needs, wait)


async def sign_in_limit(request: Request, needs: Plugged) -> None:
    """Each begins by writing something down, for whoever comes."""
    if (wait := await _over(needs, "sign-ins", address_of(request), requests_of(needs.settings))) is not None:
        raise _more_than_we_answer(wait)


async def bad_link_limit(needs: Resources, request: Request) -> None:
    """For links that do not work, together with sign-ins that fail."""
    if (wait := await _failed(needs, request)) is not None:
        raise _not_by_link(needs, wait)


class FailedSignIns:
    """Tokens that are not good are counted by address. A good one is never held up by what its neighbours sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, turned_away = Request(scope, receive), False

        async def counted(message: Message) -> None:
            nonlocal turned_away
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.UNAUTHORIZED:
                wait = await _failed(scope["app"].state.resources, request) if _has_credentials(request) else None
                if wait is not None:
                    turned_away = True
                    again = f"Too many sign-ins from this address have failed. Try again in {_in_words(wait)}."
                    await answer_to(_too_many(again, wait))(scope, receive, send)
            if not turned_away:
                await send(message)

        await self.app(scope, receive, counted)


def _has_credentials(request: Request) -> bool:
    """A page that goes on asking after its sign-in has ended guesses at nothing."""
    return "authorization" in request.headers or ("cookie" in request.headers and not asks_by_itself(request))


async def _failed(needs: Resources, request: Request) -> timedelta | None:
    return await _over(needs, "failed", address_of(request), Limit(needs.settings.failed_sign_ins_an_hour, _HOUR))


async def _over(needs: Resources, what: str, whom: str, limit: Limit) -> timedelta | None:
    """How long to wait, or None. Whoever cannot be counted is not turned away: the store itself says that it is
    away, and a report is worth more than a count.
    """
    secret = needs.settings.token_secret.get_secret_value().encode()
    key = hmac.digest(secret, f"limit\0{what}\0{whom}".encode(errors="replace"), hashlib.sha256)
    try:
        wait = await take(needs.store, key, limit)
    except (StoreAway, StoreRefused):
        return None
    if wait is not None:
        log.warning("limit_reached", limit=what)
    return wait


def _too_many(detail: str, wait: timedelta) -> ProblemRaised:
    return problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many", detail, max(1, math.ceil(wait.total_seconds())))


def _more_than_we_answer(wait: timedelta) -> ProblemRaised:
    return _too_many(f"That is more than we answer at once. Try again in {_in_words(wait)}.", wait)


def _not_by_link(needs: Resources, wait: timedelta) -> ProblemRaised:
    again = f"This link was used very often. Please try again in {_in_words(wait)}, or ring"
    return _too_many(f"{again} {needs.settings.landlord_phone}.", wait)


def _in_words(wait: timedelta) -> str:
    minutes = math.ceil(wait.total_seconds() / 60)
    return "a minute" if minutes <= 1 else f"{minutes} minutes"
