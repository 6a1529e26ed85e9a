"""The migrations that this release brings."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

_SAYS: Final = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:None|"(\w+)")$', re.MULTILINE)


@lru_cache
def revisions() -> tuple[str, ...]:
    """The newest first, as the files say: whoever serves asks for these at its start, and runs none of them."""
    texts = [one.read_text() for one in files("migrations").joinpath("versions").iterdir() if one.is_file()]
    after = {said[2]: said[1] for text in texts for said in _SAYS.finditer(text)}
    found: list[str] = []
    while (one := after.get(found[-1] if found else None)) is not None:
        found.append(one)
    return tuple(reversed(found))
