"""Who is calling: who is signed in, a signed token's bearer, or for the public report nobody in particular."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import Depends, Header, Request

from api.browser import SIGNED_IN, asks_by_itself, sent_from_our_own_page
from api.problems import RETRY_SECONDS, ProblemRaised, problem
from api.resources import Plugged, Resources
from gateways.identity import SignInRefused
from gateways.identity_answers import ProviderAway
from policy.caller import Caller
from runtime.settings import Settings
from runtime.tokens import TokenRefused, claimed_issuer, read
from store import sign_ins
from store.away import StoreAway, StoreRefused
from store.rate_limits import Limit

Authorization = Annotated[str | None, Header(description="Bearer token, as made by `casework token`")]

log = structlog.get_logger()


async def _by_cookie(request: Request, plugged: Plugged) -> str | None:
    """The secret of a sign-in. Whatever goes by it goes through here."""
    secret = SIGNED_IN.read(plugged.settings, request)
    if secret is not None and not sent_from_our_own_page(plugged.settings, request):
        raise problem(
            HTTPStatus.FORBIDDEN,
            "sent-from-elsewhere",
            "Your browser did not say that one of our own pages sent this, so nothing was done.",
        )
    return secret


ByCookie = Annotated[str | None, Depends(_by_cookie)]


async def _calling(request: Request, plugged: Plugged, authorization: Authorization = None) -> Caller | None:
    """A token goes before a cookie, since only a program that means it sends one."""
    request.state.asked, request.state.by_token = None, authorization is not None
    if authorization is not None:
        return await _bearer(plugged, authorization)
    secret = await _by_cookie(request, plugged)
    return None if secret is None else await _signed_in(request, plugged, secret)


async def _bearer(plugged: Resources, authorization: str) -> Caller:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise _no_good_token("no_bearer")
    provider = plugged.provider
    try:
        if provider is None or claimed_issuer(token) != provider.client.issuer:
            return read(plugged.settings, token)
        person = await provider.bearer(token)
    except TokenRefused as error:
        raise _no_good_token(str(error)) from error
    except SignInRefused as error:
        raise _no_good_token(error.code) from error
    except ProviderAway as error:
        raise provider_away(error) from error
    return _with_a_role(plugged, person.subject, person.groups)


async def _signed_in(request: Request, plugged: Resources, secret: str) -> Caller:
    """By the groups that they have now, and what these mean now. Where nothing can be written, they are still who
    they are.
    """
    now, teams = datetime.now(UTC), plugged.settings.groups.teams
    asking = sign_ins.Asking(request.path_params.get("ref"), teams, requests_of(plugged.settings))
    try:
        found = await _found(plugged, secret, now, asking)
    except (StoreAway, StoreRefused):
        found = await _found(plugged, secret, now, None)
    if found is None:
        raise not_signed_in("Your sign-in has ended. Sign in again, at /sign-in.")
    request.state.asked = found.asked
    if found.stale(now) and not asks_by_itself(request):
        with suppress(StoreAway, StoreRefused):
            async with plugged.store.writing() as db:
                await sign_ins.touch(db, secret, now)
    return _with_a_role(plugged, found.subject, found.groups)


async def _found(
    plugged: Resources, secret: str, now: datetime, asking: sign_ins.Asking | None
) -> sign_ins.SignedIn | None:
    async with plugged.store.looking() as db:
        return await sign_ins.find(db, secret, limits_of(plugged.settings), now, asking)


def _with_a_role(plugged: Resources, subject: str, groups: frozenset[str]) -> Caller:
    caller = plugged.settings.groups.caller(subject, groups)
    if caller is None:
        raise no_role()
    return caller


def requests_of(wanted: Settings) -> Limit:
    return Limit(wanted.requests_a_minute, timedelta(minutes=1))


def limits_of(wanted: Settings) -> sign_ins.Limits:
    return sign_ins.Limits(idle=wanted.session_idle, longest=wanted.session_longest)


Calling = Annotated[Caller | None, Depends(_calling)]
"""None for who did not say who they are."""


async def _somebody(caller: Calling) -> Caller:
    if caller is None:
        raise not_signed_in()
    return caller


SignedIn = Annotated[Caller, Depends(_somebody)]


def not_signed_in(detail: str = "This needs a sign-in, at /sign-in, or a token.") -> ProblemRaised:
    return problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", detail)


def _no_good_token(code: str) -> ProblemRaised:
    log.info("token_refused", code=code)
    return not_signed_in("The token is not valid or has expired.")


def no_role() -> ProblemRaised:
    return problem(
        HTTPStatus.FORBIDDEN,
        "no-role",
        "You are signed in, and none of your groups has a role in Casework. Ask whoever looks after your account "
        "to add you to the group for your work, and then sign in again.",
        missing=("a group that gives a role",),
    )


def provider_away(error: ProviderAway) -> ProblemRaised:
    log.warning("provider_away", code=error.code)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "sign-in-away",
        "Your organisation's sign-in cannot be reached right now. Try again in a moment.",
        RETRY_SECONDS,
    )


def forbidden(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.FORBIDDEN, "not-yours-to-do", detail)
