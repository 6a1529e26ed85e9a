"""Sign-in for a machine on its own: a real OpenID Connect provider with made-up people and no passwords. It serves
this machine alone, one client, and one address to come back to.
"""

import base64
import hashlib
import hmac
import html
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from policy.caller import STAFF_ROLES
from policy.facts.base import Role
from runtime.embedded.processes import LOOPBACK
from runtime.settings import Settings

TEAMS: Final = ("north", "south")
_ALGORITHM: Final = "ES256"
_SECONDS: Final = 60
"""For which a code holds."""
_HOUR: Final = 3600
_LARGEST: Final = 16 * 1024


class NotAlone(RuntimeError):
    """People without passwords were asked for on a machine that others reach."""


@dataclass(frozen=True)
class Persona:
    subject: str
    name: str
    role: Role
    teams: tuple[str, ...]

    @property
    def groups(self) -> list[str]:
        return [self.role, *self.teams]


def _persona(subject: str, name: str, *teams: str) -> Persona:
    return Persona(subject, name, Role(subject.rpartition("-")[0]), teams)


_NORTH, _SOUTH = TEAMS
_EVERYBODY: Final = (
    _persona("officer-1", "Ash Example", _NORTH),
    _persona("officer-2", "Bay Sample", _SOUTH),
    _persona("officer-3", "Gale Pattern", _NORTH),
    _persona("officer-4", "Heath Model", _SOUTH),
    _persona("officer-5", "Ivy Specimen", _NORTH),
    _persona("supervisor-1", "Clay Instance", _NORTH),
    _persona("supervisor-2", "Jade Sample", _SOUTH),
    _persona("manager-1", "Dale Specimen", *TEAMS),
    _persona("community_safety-1", "Eden Pattern", *TEAMS),
    _persona("solicitor-1", "Fern Model", _NORTH),
    _persona("data_protection-1", "Kit Example", _NORTH),
    _persona("lettings-1", "Lark Instance", _NORTH),
    _persona("ops-1", "Moss Pattern", _NORTH),
)

PERSONAS: Final = {one.subject: one for one in _EVERYBODY}
"""Two teams with officers and whoever leads them, and one for each other role that signs in."""


def local_sign_in(port: int) -> dict[str, str]:
    """The settings by which Casework signs people in here."""
    return {
        "SIGN_IN_ISSUER": f"http://{LOOPBACK}:{port}",
        "ROLE_GROUPS": f"'{json.dumps({role: [role] for role in STAFF_ROLES})}'",
        "TEAM_GROUPS": f"'{json.dumps({team: [team] for team in TEAMS})}'",
    }


@dataclass(frozen=True)
class Given:
    """What a code was given for."""

    persona: Persona
    nonce: str | None
    challenge: str
    until: float


@dataclass(frozen=True)
class LocalProvider:
    issuer: str
    client_id: str
    redirect_uri: str
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True), repr=False)
    codes: dict[str, Given] = field(default_factory=dict, repr=False)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.described),
                Route("/keys", self.keys),
                Route("/who", self.who),
                Route("/who", self.chosen, methods=["POST"]),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def described(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/who",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [_ALGORITHM],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False, alg=_ALGORITHM, use="sig")]})

    async def who(self, request: Request) -> Response:
        asked = request.query_params
        if fault := self._fault(asked):
            return _no("invalid_request", fault)
        kept = "".join(f'<input type="hidden" {_pair(name, value)}>' for name, value in asked.items())
        buttons = "".join(
            f'<p><button name="persona" value="{one.subject}">{html.escape(one.name)}, {one.role}, '
            f"{' and '.join(one.teams)}</button></p>"
            for one in PERSONAS.values()
        )
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Who are you today?</title>'
            f'<h1>Who are you today?</h1><form method="post" action="/who">{kept}{buttons}</form></html>'
        )
        return HTMLResponse(
            page, headers={"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
        )

    async def chosen(self, request: Request) -> Response:
        asked = await _form(request)
        persona = PERSONAS.get(asked.get("persona", ""))
        if fault := self._fault(asked) or (None if persona else "persona"):
            return _no("invalid_request", fault)
        assert persona is not None  # noqa: S101 - asked the line before
        code = secrets.token_urlsafe(32)
        self.codes[code] = Given(persona, asked.get("nonce"), asked["code_challenge"], time.monotonic() + _SECONDS)
        answer = {"code": code, "state": asked.get("state", ""), "iss": self.issuer}
        return RedirectResponse(f"{self.redirect_uri}?{urlencode(answer)}", HTTPStatus.SEE_OTHER)

    async def token(self, request: Request) -> Response:
        asked = await _form(request)
        given = self.codes.pop(asked.get("code", ""), None)
        here = (asked.get("grant_type"), asked.get("client_id"), asked.get("redirect_uri"))
        if here != ("authorization_code", self.client_id, self.redirect_uri):
            return _no("invalid_request", "grant_type, client_id or redirect_uri")
        if given is None or time.monotonic() > given.until or not _proves(asked.get("code_verifier", ""), given):
            return _no("invalid_grant", "code or code_verifier")
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(32), "token_type": "Bearer", "id_token": self._says_who(given)},
            headers={"Cache-Control": "no-store"},
        )

    def _says_who(self, given: Given) -> str:
        now = int(time.time())
        about = {"sub": given.persona.subject, "name": given.persona.name, "groups": given.persona.groups}
        claims = {"iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + _HOUR, "nonce": given.nonce}
        head = {"alg": _ALGORITHM, "kid": self.key.kid}
        return jwt.encode(head, claims | about, self.key, algorithms=[_ALGORITHM])

    def _fault(self, asked: Mapping[str, str]) -> str | None:
        """What is wrong with a question; nobody is sent back to an address that it brings."""
        wanted = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        wrong = (name for name, value in wanted.items() if asked.get(name) != value)
        return next(wrong, None if asked.get("code_challenge") else "code_challenge")


def serve(wanted: Settings) -> None:
    """Until it is told to go. Raises NotAlone."""
    issuer = urlsplit(wanted.sign_in_issuer or "")
    if not wanted.local or issuer.hostname != LOOPBACK or issuer.port is None:
        raise NotAlone("People without passwords sign in on a machine on its own, as `casework run` sets it up.")
    back = f"{wanted.public_url}/sign-in/back"
    provider = LocalProvider(str(wanted.sign_in_issuer), wanted.sign_in_client_id, back)
    uvicorn.run(provider.app(), host=LOOPBACK, port=issuer.port, log_config=None, access_log=False)


def _proves(verifier: str, given: Given) -> bool:
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(made, given.challenge.encode())


async def _form(request: Request) -> dict[str, str]:
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > _LARGEST:
            return {}
    return {name: values[-1] for name, values in parse_qs(raw.decode(errors="replace")).items()}


def _pair(name: str, value: str) -> str:
    return f'name="{html.escape(name)}" value="{html.escape(value)}"'


def _no(error: str, which: str) -> Response:
    return JSONResponse({"error": error, "error_description": which}, HTTPStatus.BAD_REQUEST)
