"""How many of what takes long: some in each run of the tests, all in `make soak`."""

import os
from typing import Final, TypeVar

T = TypeVar("T")

SOAK: Final = bool(os.environ.get("CASEWORK_SOAK"))


def some(each_time: T, in_all: T) -> T:
    return in_all if SOAK else each_time
