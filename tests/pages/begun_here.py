"""Forms as somebody who works here begins them, without a browser."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2

from tests.api.product import Caller, Product

FORM = "/cases/{}/record/contact_made"
WORDS = "She rang about the drum kit."
NOT_YET = "It is not recorded yet."


@dataclass(frozen=True)
class Writer:
    """One member of staff at the forms of a product."""

    site: Product
    name: str = "officer-171"
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "caller", self.site.as_(self.name.rpartition("-")[0], self.name))

    async def sends(self, to: str, do: str, key: str = "", **said: str) -> httpx2.Response:
        """By a button, or `type`: as the page does while one types."""
        form = {"idempotency-key": key or str(uuid4()), "writer": self.name, "do": do} | said
        headers = self.caller.headers() | {"Origin": self.site.settings.public_origin}
        return await self.site.http.post(to, data=form, headers=headers)

    async def types(self, to: str, key: str = "", **said: str) -> str:
        """What the page's status line says then."""
        answer = await self.sends(to, "type", key, **(said or {"words": WORDS}))
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/plain")
        return answer.text

    async def opens(self, form: str) -> str:
        answer = await self.caller.get(form)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def today(self) -> str:
        return await self.opens("/today")


def key_of(page: str) -> str:
    found = re.search('name="idempotency-key" value="([^"]+)"', page)
    assert found
    return found[1]
