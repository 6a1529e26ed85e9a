"""What every answer tells a browser and what stands between: to run, frame, guess, lend and keep nothing."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVERY_ANSWER: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""A route that says one of them itself means it."""

OVER_TLS: Final = {"Strict-Transport-Security": "max-age=31536000"}
"""Of this name alone: what else the landlord has under it is not ours to decide."""


class Guarded:
    """Outermost, so that faults have them too."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self.app = app
        self.headers = EVERY_ANSWER | (OVER_TLS if public_url.startswith("https://") else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    said.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)
