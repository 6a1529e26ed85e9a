"""Signed tokens (JWT, HS256): access tokens for local use and for machines, since people sign in elsewhere,
private links, addresses of calendars, and what somebody asked for that is told to them alone. None is taken for
another.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OctKey
from joserfc.util import urlsafe_b64decode

from policy.caller import STAFF_ROLES, Caller
from policy.facts.base import Role
from runtime.settings import Settings

ISSUER: Final = "casework"
AUDIENCE: Final = "casework-api"
ANSWERS: Final = "casework-answers"
"""The audience of an agency's private link."""
PRIVATE: Final = "casework-private"
"""The audience of the private link of somebody on a case."""
CALENDARS: Final = "casework-calendar"
"""The audience of the address of somebody's calendar."""
ASKED: Final = "casework-asked"
"""The audience of what somebody asked for, whose outcome they may ask about."""
_ALGORITHM: Final = "HS256"
_KNOWN: Final = 1000
"""Tokens, whose bearers come again and again."""


class TokenRefused(Exception):
    """Missing, malformed, expired, signed by somebody else, or meant for something else."""


def issue(wanted: Settings, subject: str, role: str, lasts: timedelta, teams: Iterable[str] = ()) -> str:
    now = datetime.now(UTC)
    whose = {"aud": AUDIENCE, "sub": subject, "role": role, "teams": sorted(teams)}
    return _signed(wanted, whose | {"iat": now, "exp": now + lasts})


def read(wanted: Settings, token: str) -> Caller:
    """Raises TokenRefused."""
    claims = _read(wanted, token, AUDIENCE, "role")
    role, teams = claims["role"], claims.get("teams", [])
    if role not in STAFF_ROLES or not isinstance(teams, list):
        raise TokenRefused("role")
    return Caller(id=str(claims["sub"]), role=Role(role), teams=frozenset(map(str, teams)))


def issue_link(wanted: Settings, ref: str, agency: str, until: datetime) -> str:
    """The same for the same three, so that a message that is made out again is the same message."""
    return _signed(wanted, {"aud": ANSWERS, "sub": ref, "agency": agency, "exp": until})


def read_link(wanted: Settings, token: str) -> tuple[str, str]:
    """The referral and its agency. Raises TokenRefused."""
    claims = _read(wanted, token, ANSWERS, "agency")
    return str(claims["sub"]), str(claims["agency"])


def private_address(wanted: Settings, id_: str, until: datetime) -> str:
    """Of somebody's private link: always the same of the same. It holds the link's id and its end, and no name."""
    return f"{wanted.public_url}/l/{_signed(wanted, {'aud': PRIVATE, 'sub': id_, 'exp': until})}"


def read_private(wanted: Settings, token: str) -> str:
    """The link's id. Raises TokenRefused."""
    return str(_read(wanted, token, PRIVATE, "exp")["sub"])


def calendar_address(wanted: Settings, id_: str, until: datetime) -> str:
    """At which a program fetches somebody's calendar. It holds the address's id and its end, and no name."""
    return f"{wanted.public_url}/calendar/{_signed(wanted, {'aud': CALENDARS, 'sub': id_, 'exp': until})}.ics"


def read_calendar(wanted: Settings, token: str) -> str:
    """The address's id. Raises TokenRefused."""
    return str(_read(wanted, token, CALENDARS, "exp")["sub"])


def issue_asked(wanted: Settings, who: str, asked: Mapping[str, str], until: datetime) -> str:
    """Nobody but who asked for it can be told of it, and of nothing that they did not ask for."""
    return _signed(wanted, {"aud": ASKED, "sub": who, "asked": dict(asked), "exp": until})


def read_asked(wanted: Settings, token: str, who: str) -> dict[str, str]:
    """Raises TokenRefused."""
    claims = _read(wanted, token, ASKED, "asked")
    if claims["sub"] != who:
        raise TokenRefused("sub")
    return {str(name): str(value) for name, value in claims["asked"].items()}


def claimed_issuer(token: str) -> str | None:
    """Who is said to have signed it, of which nothing is known yet: it only decides whose key to try."""
    try:
        claims = json.loads(urlsafe_b64decode(token.split(".")[1].encode("ascii")))
        return str(claims["iss"])
    except (LookupError, ValueError, TypeError, RecursionError):
        return None


def _signed(wanted: Settings, claims: dict[str, Any]) -> str:
    key = OctKey.import_key(wanted.token_secret.get_secret_value())
    return jwt.encode({"alg": _ALGORITHM}, {"iss": ISSUER} | claims, key, algorithms=[_ALGORITHM])


def _read(wanted: Settings, token: str, audience: str, besides: str) -> dict[str, Any]:
    essential: dict[str, Any] = {name: {"essential": True} for name in ("exp", "sub", besides)}
    rules = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": audience}, **essential
    )
    try:
        claims = _decoded(wanted, token)
        rules.validate(claims)
    except (JoseError, ValueError, TypeError) as error:  # the last for a head of no sense
        raise TokenRefused(type(error).__name__) from error
    return claims


def _decoded(wanted: Settings, token: str) -> dict[str, Any]:
    """Signed by the secret of now or by one of before. Raises JoseError, ValueError and TypeError."""
    *before, last = (wanted.token_secret, *wanted.token_secrets_before)
    for secret in before:
        try:
            return _by(secret.get_secret_value(), token)
        except BadSignatureError:
            continue
    return _by(last.get_secret_value(), token)


@lru_cache(maxsize=_KNOWN)
def _by(secret: str, token: str) -> dict[str, Any]:
    """A signature that is good stays good; whether the token still holds its claims say. Nobody changes them."""
    return jwt.decode(token, OctKey.import_key(secret), algorithms=[_ALGORITHM]).claims
