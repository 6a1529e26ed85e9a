"""`casework demonstrate`: on a machine on its own alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx2

from cli.demonstration.caseload import caseload
from cli.demonstration.office import beside_its_cases
from cli.demonstration.signing_in import NotLetIn, everybody_signs_in
from cli.demonstration.telling import NotTaken, Telling
from runtime.settings import Settings

_SECONDS: Final = 60
__all__ = ["NotHere", "NotTaken", "demonstrate"]


class NotHere(RuntimeError):
    """Not on a machine on its own, where invented cases would be answered like real ones."""


async def demonstrate(
    wanted: Settings, number: int, seed: int, done: Callable[[], None], mail: Path | None = None
) -> tuple[str, ...]:
    """The references of as many cases. `mail` is where what we send is kept. Raises NotHere and NotTaken."""
    if not wanted.local:
        raise NotHere("Invented cases are for a machine on its own: `casework run`. Nothing was recorded.")
    base = f"http://127.0.0.1:{wanted.api_port}"
    lives = caseload(seed, number, datetime.now(UTC))
    try:
        if wanted.sign_in_issuer is not None:
            await everybody_signs_in(base)
        async with httpx2.AsyncClient(base_url=base, timeout=_SECONDS) as api:
            telling = Telling(wanted, api, seed)
            refs = await telling.tell(lives, done)
            await beside_its_cases(telling, lives, mail)
            return refs
    except httpx2.ConnectError:
        raise NotTaken(f"Nothing answers at {base}. Start it with `make run`.") from None
    except NotLetIn as none:
        raise NotTaken(str(none)) from None
