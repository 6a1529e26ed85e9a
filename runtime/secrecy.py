"""What is a weak secret."""

import re
from itertools import pairwise
from typing import Final

_VARIETY: Final = 8
"""So many different bytes at the least. `openssl rand -hex 16`, all of one kind of letter, has more."""
_PLACEHOLDER: Final = re.compile(
    rb"change.?(me|this|it)|pass.?word|replace.?(me|this)|qwerty|letmein", re.IGNORECASE
)


def weak(chosen: bytes) -> bool:
    """Whether somebody could guess it: little variety, a piece said over and over, counting up or down, or what
    examples have in place of a secret.
    """
    steps = {(after - before) % 256 for before, after in pairwise(chosen)}
    return (
        len(set(chosen)) < _VARIETY
        or chosen in (chosen + chosen)[1:-1]
        or len(steps) == 1
        or _PLACEHOLDER.search(chosen) is not None
    )
