"""Signed tokens (JWT, HS256): access tokens for local use and for machines, since people sign in elsewhere, and
the private links by which an agency answers. Neither is taken for the other.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from runtime.settings import Settings

ISSUER: Final = "casework"
AUDIENCE: Final = "casework-api"
ANSWERS: Final = "casework-answers"
"""The audience of a private link."""
_ALGORITHM: Final = "HS256"


class TokenRefused(Exception):
    """Missing, malformed, expired, signed by somebody else, or meant for something else."""


def issue(wanted: Settings, subject: str, role: str, lasts: timedelta) -> str:
    now = datetime.now(UTC)
    return _signed(wanted, {"aud": AUDIENCE, "sub": subject, "role": role, "iat": now, "exp": now + lasts})


def read(wanted: Settings, token: str) -> tuple[str, str]:
    """Subject and role. Raises TokenRefused."""
    return _read(wanted, token, AUDIENCE, "role")


def issue_link(wanted: Settings, ref: str, agency: str, until: datetime) -> str:
    """The same for the same three, so that a message that is made out again is the same message."""
    return _signed(wanted, {"aud": ANSWERS, "sub": ref, "agency": agency, "exp": until})


def read_link(wanted: Settings, token: str) -> tuple[str, str]:
    """The referral and its agency. Raises TokenRefused."""
    return _read(wanted, token, ANSWERS, "agency")


def _signed(wanted: Settings, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": _ALGORITHM}, {"iss": ISSUER} | claims, _key(wanted), algorithms=[_ALGORITHM])


def _read(wanted: Settings, token: str, audience: str, besides: str) -> tuple[str, str]:
    essential: dict[str, Any] = {name: {"essential": True} for name in ("exp", "sub", besides)}
    rules = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": audience}, **essential
    )
    try:
        claims = jwt.decode(token, _key(wanted), algorithms=[_ALGORITHM]).claims
        rules.validate(claims)
    except (JoseError, ValueError, TypeError) as error:  # the last for a head of no sense
        raise TokenRefused(type(error).__name__) from error
    return str(claims["sub"]), str(claims[besides])


def _key(wanted: Settings) -> OctKey:
    return OctKey.import_key(wanted.token_secret.get_secret_value())
