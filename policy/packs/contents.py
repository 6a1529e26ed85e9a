"""What stands in a pack, as its reader gets it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from policy.facts.letters import LetterKind
from policy.frozen import Frozen
from policy.packs.readers import Reader
from policy.packs.shown import Why
from policy.working_days import day_in_words

_BLANK: Final = re.compile(r".*: _+")
SHEETS: Final = "[With it: sheets to fill in.]"


class LetterText(Frozen):
    """As it went. What was blank in it is left out of `read`: sheets that nobody has written on tell nothing."""

    kind: LetterKind
    subject: str
    body: str

    @property
    def read(self) -> str:
        kept: list[str] = []
        for words in self.body.split("\n\n") if self.kind is LetterKind.DIARY_SHEETS else (self.body,):
            if not all(_BLANK.fullmatch(line) for line in words.split("\n")):
                kept.append(words)
            elif SHEETS in kept:
                kept.pop()
            else:
                kept[-1:] = [SHEETS]
        return "\n\n".join(kept)


class DiaryPage(Frozen):
    """One entry of a diary that was written on our page, as sent: nobody changes it from then on."""

    day: date | None = None
    hour: str | None = None
    words: str
    others: str | None = None
    felt: str | None = None
    files: tuple[str, ...] = ()

    def said(self, number: int, entry_of: Mapping[str, int]) -> Iterable[tuple[str, str]]:
        """Each with its label; `entry_of` is where a file stands in the timeline, by its id."""
        yield f"{number}. " + (day_in_words(self.day) if self.day else "No day given"), self.words
        for label, words in (
            ("At what time", self.hour),
            ("Who else saw or heard it", self.others),
            ("What it did to them", self.felt),
        ):
            if words:
                yield label, words
        if found := sorted({entry_of[id_] for id_ in self.files if id_ in entry_of}):
            yield "Files with it", "entry " + ", ".join(map(str, found))


class Said(Frozen):
    label: str
    words: str


class Happened(Frozen):
    """`recorded_at` where it was written down late. `number` is its place: of a procedure after its number."""

    number: str
    at: datetime
    recorded_at: datetime | None
    heading: str
    by: str
    codes: tuple[Said, ...] = ()
    said: tuple[Said, ...] = ()
    masked: bool = False
    under: str | None = None


class Letter(Frozen):
    number: str
    at: datetime
    to: str
    kind: str
    subject: str
    body: str


class KeptFile(Frozen):
    """A file as it came: `size` in bytes."""

    media_type: str
    size: int
    sha256: str


class Evidence(Frozen):
    """One file of an entry. Where it has none, `file` is None and `sha256` the entry's in the chain."""

    number: str
    at: datetime
    kind: str
    file: str | None
    sha256: str


class Withheld(Frozen):
    """`kind` is None where telling it would tell what is withheld."""

    number: str
    kind: str | None
    whole: bool
    why: Why


class Pack(Frozen):
    """`spoken_of`: others told us things about the subject, and it endangers nobody that they hear so."""

    ref: str
    reader: Reader
    about: str | None
    as_of: int
    head: str
    known_at: datetime
    edition: str
    chronology: tuple[Happened, ...]
    letters: tuple[Letter, ...]
    evidence: tuple[Evidence, ...]
    withheld: tuple[Withheld, ...]
    spoken_of: bool = False

    @property
    def decisions(self) -> tuple[Happened, ...]:
        return tuple(one for one in self.chronology if one.under is not None)
