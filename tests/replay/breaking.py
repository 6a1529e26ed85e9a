"""What never works, and asks to be left alone for longer than the product would leave it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from temporalio.exceptions import ApplicationError

_LATER: Final = timedelta(hours=2)
"""So that half a day's attempts are a few."""


@dataclass
class Broken:
    times: int = 0

    def __call__(self, *_: object) -> bytes:
        self.times += 1
        if self.times == 1:
            raise RuntimeError("nobody thought of this")
        raise ApplicationError("nor of this", next_retry_delay=_LATER)
