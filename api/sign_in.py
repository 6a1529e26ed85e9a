"""Signing in at the organisation's own provider, signing out, and who one is."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Final, NoReturn
from urllib.parse import parse_qs

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.border import read_body
from api.browser import SIGNED_IN, SIGNING_IN
from api.identity import ByCookie, SignedIn, limits_of, no_role, provider_away
from api.limits import sign_in_limit
from api.permission import Who
from api.problems import problem
from api.resources import Needs, Plugged
from gateways.identity import Begun, Client, Person, Provider, SignInRefused
from gateways.identity_answers import ProviderAway
from policy.facts.base import Role
from policy.frozen import Frozen
from runtime.settings import Settings
from store import calendar_addresses, sign_ins
from store.relations import is_in_teams

BACK: Final = "/sign-in/back"
AFTER: Final = "/today"
"""Where somebody goes who did not say where."""
_LONGEST: Final = 2000

_AGAIN: Final = (
    "We could not sign you in. It may have taken longer than ten minutes, or have begun in another browser or "
    "tab. Please begin again, at /sign-in."
)
_SAID: Final = {
    "not_signed_in_there": "Your organisation's sign-in did not let you in. Please begin again, or ask them why.",
    "too_many_groups_to_say": "You are in more groups than your organisation's sign-in can tell us. Ask whoever "
    "looks after it to tell Casework of its own groups alone.",
}


async def _kept_by_nobody(answer: Response) -> None:
    answer.headers.update(_PRIVATE)


_PRIVATE: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

routes = APIRouter(include_in_schema=False, dependencies=[Depends(_kept_by_nobody)])
about_me = APIRouter(tags=["me"], dependencies=[Depends(_kept_by_nobody)])

log = structlog.get_logger()


class Me(Frozen):
    """Without a name where none is known: who calls with a token may never have signed in."""

    id: str
    name: str | None
    role: Role
    teams: tuple[str, ...]


def provider_of(wanted: Settings) -> Provider | None:
    if wanted.sign_in_issuer is None:
        return None
    secret = wanted.sign_in_client_secret
    return Provider(
        Client(
            issuer=wanted.sign_in_issuer,
            client_id=wanted.sign_in_client_id,
            redirect_uri=wanted.public_url + BACK,
            secret=secret.get_secret_value() if secret else None,
            scopes=wanted.sign_in_scopes,
            subject_claim=wanted.sign_in_subject_claim,
            name_claim=wanted.sign_in_name_claim,
            groups_claim=wanted.sign_in_groups_claim,
            api_audience=wanted.api_audience,
            without_tls=wanted.local,
        )
    )


async def _provider(plugged: Plugged) -> Provider:
    if plugged.provider is None:
        raise problem(HTTPStatus.NOT_FOUND, "no-sign-in-here", "Nobody can sign in here: no provider is set up.")
    return plugged.provider


Signing = Annotated[Provider, Depends(_provider)]


@routes.get("/sign-in", dependencies=[Depends(sign_in_limit)])
async def sign_in(
    plugged: Plugged, provider: Signing, goes_to: Annotated[str, Query(alias="next")] = AFTER
) -> RedirectResponse:
    if not is_our_own_page(goes_to):
        raise problem(
            HTTPStatus.BAD_REQUEST, "not-a-page-here", "After signing in one goes to a page of Casework."
        )
    begun = Begun()
    try:
        way = await provider.way_there(begun)
    except ProviderAway as error:
        raise provider_away(error) from error
    async with plugged.store.writing() as db:
        await sign_ins.begin(db, begun.secret, goes_to, datetime.now(UTC))
    answer = RedirectResponse(way, HTTPStatus.SEE_OTHER, _PRIVATE)
    SIGNING_IN.give(plugged.settings, answer, begun.secret)
    return answer


@routes.get(BACK, dependencies=[Depends(sign_in_limit)])
async def back(request: Request, plugged: Plugged, provider: Signing) -> RedirectResponse:
    """A sign-in under way is used up before anything is asked of it: whatever comes of it, it comes once."""
    secret = SIGNING_IN.read(plugged.settings, request)
    if secret is None:
        _not_let_in("no_cookie")
    async with plugged.store.writing() as db:
        goes_to = await sign_ins.take(db, secret, datetime.now(UTC))
    if goes_to is None:
        _not_let_in("not_under_way")
    try:
        person = await provider.came_back(Begun(secret), request.query_params)
    except SignInRefused as error:
        _not_let_in(error.code)
    except ProviderAway as error:
        raise provider_away(error) from error
    session = await _entered(plugged, person, SIGNED_IN.read(plugged.settings, request))
    answer = RedirectResponse(goes_to, HTTPStatus.SEE_OTHER, _PRIVATE)
    SIGNING_IN.take_back(plugged.settings, answer)
    SIGNED_IN.give(plugged.settings, answer, session)
    return answer


async def _entered(plugged: Plugged, person: Person, before: str | None) -> str:
    """The secret of a new sign-in, in place of the one that this browser had before."""
    caller = plugged.settings.groups.caller(person.subject, person.groups)
    secret, now = Begun().secret, datetime.now(UTC)
    entering = sign_ins.Entering(person.subject, person.name, person.groups, person.session)
    async with plugged.store.writing() as db:
        if before is not None:
            await sign_ins.end(db, before)
        await is_in_teams(db, person.subject, caller.teams if caller else ())
        if caller:
            await sign_ins.enter(db, entering, secret, limits_of(plugged.settings), now)
        else:
            await sign_ins.regroup(db, person.subject, person.groups)
    if caller is None:
        log.info("sign_in_refused", code="no_role")
        raise no_role()
    return secret


@routes.post("/sign-out", status_code=HTTPStatus.NO_CONTENT)
async def sign_out(answer: Response, plugged: Plugged, secret: ByCookie) -> None:
    """In this browser."""
    if secret is not None:
        async with plugged.store.writing() as db:
            await sign_ins.end(db, secret)
    SIGNED_IN.take_back(plugged.settings, answer)


@routes.post("/sign-out/everywhere", status_code=HTTPStatus.NO_CONTENT)
async def sign_out_everywhere(answer: Response, plugged: Plugged, by: SignedIn) -> None:
    """Also whatever fetches their calendar is out."""
    async with plugged.store.writing() as db:
        await calendar_addresses.revoke(db, by.id, datetime.now(UTC))
        await sign_ins.end_all(db, by.id)
    SIGNED_IN.take_back(plugged.settings, answer)


@routes.post("/sign-out/by-provider", status_code=HTTPStatus.NO_CONTENT)
async def signed_out_there(request: Request, plugged: Plugged, provider: Signing) -> None:
    """Asked by the provider, whose signature is its right. (OpenID Connect Back-Channel Logout)"""
    form = parse_qs((await read_body(request)).decode(errors="replace"))
    try:
        session, subject = await provider.signed_out(form.get("logout_token", [""])[0])
    except SignInRefused as error:
        log.info("sign_out_refused", code=error.code)
        raise problem(HTTPStatus.BAD_REQUEST, "no-sign-out", "This is not a sign-out that we can take.") from error
    except ProviderAway as error:
        raise provider_away(error) from error
    async with plugged.store.writing() as db:
        ended = await sign_ins.end_there(db, session) if session is not None else 0
        if not ended and subject is not None:
            await sign_ins.end_all(db, subject)


@about_me.get("/me", summary="Who you are here")
async def me(needs: Needs, by: Who) -> Me:
    """By your sign-in or your token: your role, and the teams that you belong to."""
    async with needs.store.reading() as db:
        name = await sign_ins.name_of(db, by.id)
    return Me(id=by.id, name=name, role=by.role, teams=tuple(sorted(by.teams)))


def is_our_own_page(path: str) -> bool:
    """A browser reads `//`, and backslashes in their place, as the beginning of another site's address."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return ours and path.isprintable() and len(path) <= _LONGEST


def _not_let_in(code: str) -> NoReturn:
    log.info("sign_in_refused", code=code)
    raise problem(HTTPStatus.FORBIDDEN, "not-signed-in-this-time", _SAID.get(code, _AGAIN))
