"""What a browser brings: cookies that it gives to nobody else, and who made it send a request."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response
from starlette.requests import HTTPConnection

from runtime.settings import Settings
from store.sign_ins import WITHIN

_SAFE: Final = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Cookie:
    """Ends with the browser, or after `seconds`. `__Host-` keeps neighbours from setting it; a browser takes that
    over TLS alone, so a machine on its own goes without.
    """

    called: str
    seconds: int | None = None

    def name(self, wanted: Settings) -> str:
        return self.called if wanted.without_tls else f"__Host-{self.called}"

    def read(self, wanted: Settings, request: Request) -> str | None:
        return request.cookies.get(self.name(wanted))

    def give(self, wanted: Settings, answer: Response, value: str) -> None:
        name, secure = self.name(wanted), not wanted.without_tls
        answer.set_cookie(name, value, self.seconds, path="/", secure=secure, httponly=True, samesite="lax")

    def take_back(self, wanted: Settings, answer: Response) -> None:
        secure = not wanted.without_tls
        answer.delete_cookie(self.name(wanted), path="/", secure=secure, httponly=True, samesite="lax")


SIGNED_IN: Final = Cookie("casework")
SIGNING_IN: Final = Cookie("casework-signing-in", seconds=int(WITHIN.total_seconds()))


def asks_by_itself(request: HTTPConnection) -> bool:
    """What a page that is open asks although nobody need be there: to follow a case, and to be shown anew."""
    return "hx-request" in request.headers or "text/event-stream" in request.headers.get("accept", "")


def sent_from_our_own_page(wanted: Settings, request: Request) -> bool:
    """Whether it only looks, or the browser says that one of our pages or the person themselves sent it. Another
    page can make a browser send our cookie along, and cannot make it say this.
    """
    if request.method in _SAFE:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    return request.headers.get("origin") == wanted.public_origin
