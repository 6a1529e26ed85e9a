"""A provider of the tests' own: everybody who comes is let in as the person that is set, and what it signs can be
made wrong in one way at a time.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "casework"
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "rsa"})
"""Of somebody else, under the same id."""


def http_app_of(provider: "Pretender") -> Starlette:
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.described),
            Route("/keys", provider.keys),
            Route("/authorize", provider.authorize),
            Route("/token", provider.token, methods=["POST"]),
        ]
    )


@dataclass
class Pretender:
    """`says` replaces claims (None leaves one out), `head` the header, `about` the description of itself, `signs`
    the key and algorithm, `answers` what the browser brings back.
    """

    issuer: str
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "s-1", "name": "Ash", "groups": ["officers"]})
    served: list[Key] = field(default_factory=lambda: [RSA, EC, ED])
    signs: tuple[Key, str] = (RSA, "RS256")
    says: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str | None] = field(default_factory=dict)
    id_token: str | None = None
    keys_asked: int = 0
    asked: dict[str, str] = field(default_factory=dict)

    async def described(self, _: Request) -> Response:
        addresses = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        there = {name: f"{self.issuer}/{path}" for name, path in addresses.items()}
        return JSONResponse({"issuer": self.issuer} | there | self.about)

    async def keys(self, _: Request) -> Response:
        self.keys_asked += 1
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.served]})

    async def authorize(self, request: Request) -> Response:
        self.asked = dict(request.query_params)
        back = {"code": "a-code", "state": self.asked["state"]} | self.answers
        query = urlencode({name: value for name, value in back.items() if value is not None})
        return RedirectResponse(f"{self.asked['redirect_uri']}?{query}", 303)

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if challenge.rstrip(b"=").decode() != self.asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self.id_token or self.signed(nonce=self.asked["nonce"])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def signed(self, **more: Any) -> str:
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = {k: v for k, v in (usual | self.person | more | self.says).items() if v is not None}
        key, algorithm = self.signs
        head = {"alg": algorithm, "kid": key.kid} | self.head
        said = {k: v for k, v in head.items() if v is not None}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)  # some of it is weak: that is what it is for
            return jwt.encode(said, claims, key, algorithms=[algorithm])


def signed_by_a_shared_secret(claims: str, key: RSAKey) -> str:
    """With the public key as the secret: who mistakes the one for the other takes what anybody can sign."""
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": key.kid}).encode()).rstrip(b"=").decode()
    made = hmac.digest(key.as_pem(private=False), f"{head}.{claims}".encode(), hashlib.sha256)
    return f"{head}.{claims}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


@asynccontextmanager
async def on_loopback(app: Any, port: int = 0) -> AsyncIterator[str]:
    """Its address. `app` may be made from the address, where that is needed first."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    task = asyncio.create_task(server._serve())  # noqa: SLF001 - `serve` would take over the session's signals
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def pretending(port: int) -> AsyncIterator[Pretender]:
    provider = Pretender(f"http://127.0.0.1:{port}")
    async with on_loopback(http_app_of(provider), port):
        yield provider
