"""Words that nobody else says, each under where it was said: whoever finds one knows which door let it out."""

import hashlib
from dataclasses import dataclass, field
from typing import Final

_BEGIN: Final = "bdfgjklmnprstvwz"
_END: Final = "aeio"
_SYLLABLES: Final = 5


def made_up(where: str) -> str:
    """Ten small letters, always the same of the same."""
    told = hashlib.sha256(where.encode()).digest()
    return "".join(_BEGIN[one % 16] + _END[one // 16 % 4] for one in told[:_SYLLABLES])


@dataclass
class Said:
    """`recorded` is for the records and nowhere else, `passing` for nowhere at all: mistyped, refused, or only
    asked. `secrets` open something.
    """

    recorded: dict[str, str] = field(default_factory=dict)
    passing: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def word(self, where: str) -> str:
        return self.told(where, made_up(where))

    def name(self, where: str) -> str:
        """With a letter behind it that is not ASCII, as names have them: however that is written, the rest is
        found.
        """
        return self.told(where, made_up(where).capitalize()) + "\u00eb"

    def told(self, where: str, word: str) -> str:
        """Of a form of its own: a telephone number, say."""
        return self._new(self.recorded, where, word)

    def in_passing(self, where: str) -> str:
        return self._new(self.passing, where, made_up(where))

    def secret(self, where: str, secret: str) -> str:
        return self._new(self.secrets, where, secret)

    def everything(self) -> dict[str, str]:
        return self.recorded | self.passing | self.secrets

    def _new(self, kind: dict[str, str], where: str, word: str) -> str:
        assert word not in self.everything().values(), f"said twice: {where}"
        assert where not in self.everything(), f"two words for one place: {where}"
        kind[where] = word
        return word
