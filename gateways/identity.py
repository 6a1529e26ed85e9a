"""The organisation's own sign-in: an OpenID Connect provider, by the code flow with PKCE. Nothing is taken from it
before it is checked, and an error holds a code alone.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus, urlencode, urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gateways.identity_answers import OK, Http, Kept, ProviderAway
from gateways.identity_tokens import Claims, KeyNotKnown, TokenNotGood, Tokens

_LONGEST_SUBJECT: Final = 255
_MANY_GROUPS: Final = "_claim_names"
_NO: Final = 4
"""The first digit of an answer."""


class SignInRefused(Exception):
    """`code` is which check did not hold."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Begun:
    """One sign-in under way in one browser, which alone keeps the secret. What goes out is made from it."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def state(self) -> str:
        return self._made("state")

    @property
    def nonce(self) -> str:
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        return self._made("verifier")

    @property
    def challenge(self) -> str:
        return _base64url(hashlib.sha256(self.verifier.encode()).digest())

    def _made(self, what: str) -> str:
        return _base64url(hmac.digest(self.secret.encode(), what.encode(), hashlib.sha256))


@dataclass(frozen=True)
class Person:
    """Whom the provider vouches for. `session` is its own name for their sign-in there, if it gives one."""

    subject: str
    name: str | None = field(repr=False)
    groups: frozenset[str]
    session: str | None = None


@dataclass(frozen=True)
class Client:
    """As the provider knows us, and which of its claims say what. Only a machine on its own goes `without_tls`."""

    issuer: str
    client_id: str
    redirect_uri: str
    secret: str | None = field(default=None, repr=False)
    scopes: str = "openid profile"
    subject_claim: str = "sub"
    name_claim: str = "name"
    groups_claim: str = "groups"
    api_audience: str | None = None
    without_tls: bool = False


class Provider:
    """`rest` is in seconds: a forged key id makes us ask for keys no more often than that."""

    def __init__(self, client: Client, *, rest: float = 30.0, now: Callable[[], float] = time.time) -> None:
        self.client = client
        self._tokens = Tokens(client.issuer, client.client_id, now)
        self._about = Kept(self._discovered, rest)
        self._keys = Kept(self._fetched_keys, rest)
        self._http = Http()

    async def way_there(self, begun: Begun) -> str:
        """Where the browser goes to sign in. Raises ProviderAway."""
        asked = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": self.client.redirect_uri,
            "scope": self.client.scopes,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": begun.challenge,
            "code_challenge_method": "S256",
        }
        address = self._address(await self._about.get(), "authorization_endpoint")
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    async def came_back(self, begun: Begun, said: Mapping[str, str]) -> Person:
        """Who came back with that query. Raises SignInRefused and ProviderAway."""
        if not hmac.compare_digest(said.get("state", "").encode(), begun.state.encode()):
            raise SignInRefused("state")
        about = await self._about.get()
        says_who = about.get("authorization_response_iss_parameter_supported") is True
        if said.get("iss", None if says_who else self.client.issuer) != self.client.issuer:  # RFC 9207
            raise SignInRefused("issuer_of_answer")
        if "error" in said or "code" not in said:
            raise SignInRefused("not_signed_in_there")
        token = await self._exchanged(about, said["code"], begun.verifier)
        return self._person(await self._checked(lambda keys: self._tokens.identity(token, keys, begun.nonce)))

    async def bearer(self, token: str) -> Person:
        """Whose access token this is. Raises SignInRefused and ProviderAway."""
        audience = self.client.api_audience
        if audience is None:
            raise SignInRefused("no_access_tokens_here")
        return self._person(await self._checked(lambda keys: self._tokens.access(token, keys, audience)))

    async def signed_out(self, token: str) -> tuple[str | None, str | None]:
        """Which of the provider's sessions ended, and whose: all of theirs where we know no such session. Raises
        SignInRefused and ProviderAway.
        """
        claims = await self._checked(lambda keys: self._tokens.logout(token, keys))
        session = _text(claims, "sid")
        subject = _text(claims, self.client.subject_claim)
        if session is None and subject is None:
            raise SignInRefused("whose_sign_out")
        return session, subject

    async def _checked(self, check: Callable[[KeySet], Claims]) -> Claims:
        """With the keys that we have, and once more with new ones where a token is signed by none of them."""
        try:
            try:
                return check(await self._keys.get())
            except KeyNotKnown:
                return check(await self._keys.get(at_most=0))
        except TokenNotGood as fault:
            raise SignInRefused(fault.code) from None

    def _person(self, claims: Claims) -> Person:
        subject = _text(claims, self.client.subject_claim)
        if subject is None or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
            raise SignInRefused("subject")
        groups = claims.get(self.client.groups_claim)
        elsewhere = claims.get(_MANY_GROUPS)
        if groups is None and isinstance(elsewhere, dict) and self.client.groups_claim in elsewhere:
            raise SignInRefused("too_many_groups_to_say")
        listed = frozenset(map(str, groups)) if isinstance(groups, list) else frozenset()
        return Person(subject, _text(claims, self.client.name_claim), listed, _text(claims, "sid"))

    async def _exchanged(self, about: Claims, code: str, verifier: str) -> str:
        """The ID token for the code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": verifier,
        }
        headers = {}
        by_form = "client_secret_basic" not in about.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        )
        if self.client.secret is None or by_form:
            form["client_id"] = self.client.client_id
        if self.client.secret is not None and by_form:
            form["client_secret"] = self.client.secret
        elif self.client.secret is not None:
            pair = f"{quote_plus(self.client.client_id)}:{quote_plus(self.client.secret)}"  # RFC 6749, 2.3.1
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        status, answer = await self._http.asked("POST", self._address(about, "token_endpoint"), form, headers)
        token = answer.get("id_token")
        if status // 100 == _NO:
            raise SignInRefused("code_not_taken")
        if status != OK or not isinstance(token, str):
            raise ProviderAway("no_id_token")
        return token

    async def _discovered(self) -> Claims:
        address = f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration"
        status, about = await self._http.asked("GET", address)
        if status != OK:
            raise ProviderAway("not_described")
        if about.get("issuer") != self.client.issuer:
            raise ProviderAway("describes_another")
        return about

    async def _fetched_keys(self) -> KeySet:
        status, listed = await self._http.asked("GET", self._address(await self._about.get(), "jwks_uri"))
        if status != OK:
            raise ProviderAway("no_keys")
        try:
            return KeySet.import_key_set({"keys": listed["keys"]})
        except (JoseError, LookupError, ValueError, TypeError, AttributeError):
            raise ProviderAway("keys_not_usable") from None

    def _address(self, about: Claims, which: str) -> str:
        address = about.get(which)
        schemes = {"https", "http"} if self.client.without_tls else {"https"}
        if not isinstance(address, str) or urlsplit(address).scheme not in schemes:
            raise ProviderAway(which)
        return address


def _text(claims: Claims, name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value else None


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
