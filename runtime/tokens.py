"""Signed access tokens (JWT, HS256) for local use and for machines; people sign in elsewhere."""

from datetime import UTC, datetime, timedelta
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from runtime.settings import Settings

ISSUER: Final = "casework"
AUDIENCE: Final = "casework-api"
_ALGORITHM: Final = "HS256"


class TokenRefused(Exception):
    """Missing, malformed, expired, or signed by somebody else."""


def issue(wanted: Settings, subject: str, role: str, lasts: timedelta) -> str:
    now = datetime.now(UTC)
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "role": role, "iat": now, "exp": now + lasts}
    return jwt.encode({"alg": _ALGORITHM}, claims, _key(wanted), algorithms=[_ALGORITHM])


def read(wanted: Settings, token: str) -> tuple[str, str]:
    """Subject and role. Raises TokenRefused."""
    rules = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        sub={"essential": True},
        role={"essential": True},
    )
    try:
        claims = jwt.decode(token, _key(wanted), algorithms=[_ALGORITHM]).claims
        rules.validate(claims)
    except (JoseError, ValueError) as error:
        raise TokenRefused(type(error).__name__) from error
    return str(claims["sub"]), str(claims["role"])


def _key(wanted: Settings) -> OctKey:
    return OctKey.import_key(wanted.token_secret.get_secret_value())
