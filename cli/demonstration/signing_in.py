"""Each of the made-up people signs in once, as in a browser: pages say their names then, and teams are known."""

from http import HTTPStatus

import httpx2

from runtime.embedded.personas import PERSONAS

_SIGNED_IN = (HTTPStatus.SEE_OTHER, HTTPStatus.FOUND)


class NotLetIn(RuntimeError):
    """Which of them was not, and where."""


async def everybody_signs_in(base: str) -> None:
    """And out again. Raises NotLetIn."""
    for subject in PERSONAS:
        async with httpx2.AsyncClient(base_url=base) as browser:
            way = httpx2.URL((await browser.get("/sign-in")).headers["location"])
            chosen = dict(way.params) | {"persona": subject}
            back = await browser.post(way.copy_with(query=None), data=chosen)
            arrived = await browser.get(back.headers.get("location", "/sign-in/back"))
            if arrived.status_code not in _SIGNED_IN:
                raise NotLetIn(f"{subject} could not sign in: {arrived.status_code}.")
            await browser.post("/sign-out", headers={"Origin": base})
