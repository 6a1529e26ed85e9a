"""What a provider's signed token says, once its signature and each claim that we rely on hold.
(OpenID Connect Core 3.1.3.7, Back-Channel Logout 2.6; RFC 9068; RFC 8725)
"""

import hmac
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import ClaimError, JoseError, SecurityWarning
from joserfc.jwk import Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

ALGORITHMS: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
"""What a signature may be made by, and the kind of key that it takes. Nothing that a public key could forge."""

_LEEWAY: Final = 60
"""Seconds by which clocks may differ."""

_ACCESS_TYPES: Final = {"at+jwt", "application/at+jwt", "jwt"}
_ENDS_SESSIONS: Final = "http://schemas.openid.net/event/backchannel-logout"

Claims = dict[str, Any]


class TokenNotGood(Exception):
    """`code` is which check did not hold; nothing that stood in the token."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class KeyNotKnown(TokenNotGood):
    """None of the keys at hand has this id; the provider may have a new one."""

    def __init__(self) -> None:
        super().__init__("key_not_known")


@dataclass(frozen=True)
class Tokens:
    """Those that `issuer` signs. `now` is in seconds since 1970."""

    issuer: str
    client_id: str
    now: Callable[[], float]

    def identity(self, token: str, keys: KeySet, nonce: str) -> Claims:
        """An ID token for this client and this sign-in. Raises TokenNotGood."""
        _, claims = self._signed(token, keys, self.client_id, "iat")
        _for_us_alone(claims, self.client_id)
        given = claims.get("nonce")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
            raise TokenNotGood("nonce")
        return claims

    def access(self, token: str, keys: KeySet, audience: str) -> Claims:
        """An access token for this API, and no ID token. Raises TokenNotGood."""
        header, claims = self._signed(token, keys, audience)
        if str(header.get("typ", "JWT")).lower() not in _ACCESS_TYPES or "nonce" in claims or "events" in claims:
            raise TokenNotGood("no_access_token")
        return claims

    def logout(self, token: str, keys: KeySet) -> Claims:
        """Raises TokenNotGood."""
        _, claims = self._signed(token, keys, self.client_id, "iat", named=False)
        events = claims.get("events")
        if not isinstance(events, dict) or _ENDS_SESSIONS not in events or "nonce" in claims:
            raise TokenNotGood("no_logout_token")
        return claims

    def _signed(
        self, token: str, keys: KeySet, audience: str, *besides: str, named: bool = True
    ) -> tuple[dict[str, Any], Claims]:
        """Its header and claims; `named` where it must say about whom it is."""
        essential: dict[str, Any] = {name: {"essential": True} for name in ("exp", *besides, *("sub",) * named)}
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(self.now()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": audience},
            **essential,
        )
        algorithm, key = _key(_header(token), keys)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SecurityWarning)  # EdDSA has another name since RFC 9864
                registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
                read = jwt.decode(token, key, algorithms=[algorithm], registry=registry)
            rules.validate(read.claims)
        except (JoseError, ValueError, TypeError) as error:  # the last for a head of no sense
            raise TokenNotGood(_code(error)) from None
        return read.header, read.claims


def _code(error: Exception) -> str:
    match error:
        case ClaimError():
            return error.claim
        case JoseError():
            return error.error
        case _:
            return "nonsense"


def _header(token: str) -> dict[str, Any]:
    """Of which nothing is known yet."""
    try:
        header = json.loads(urlsafe_b64decode(token.partition(".")[0].encode("ascii")))
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise TokenNotGood("nonsense")
    return header


def _key(header: dict[str, Any], keys: KeySet) -> tuple[str, Key]:
    """The one that the token names, made for its algorithm; where it names none, the only one there is.
    Raises TokenNotGood, and KeyNotKnown where another look at the provider's keys may help.
    """
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise TokenNotGood("algorithm")
    named = [key for key in keys if kid is None or key.kid == kid]
    if not named:
        raise KeyNotKnown
    fit = [key for key in named if _made_for(key, algorithm)]
    if len(fit) != 1:
        raise TokenNotGood("key_of_another_kind")
    return algorithm, fit[0]


def _made_for(key: Key, algorithm: str) -> bool:
    kind = key.key_type == ALGORITHMS[algorithm]
    return kind and key.get("use") in {None, "sig"} and key.get("alg") in {None, algorithm}


def _for_us_alone(claims: Claims, client_id: str) -> None:
    """Of several audiences one must be who asked for it, and that must be us."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise TokenNotGood("azp")
