"""Turns a page of text into an accessible PDF."""

import datetime as dt
import re
import unicodedata
from functools import cache
from pathlib import Path

import typst

from letters.wordings import LetterRefused

TEMPLATE = Path(__file__).parent / "letter.typ"
FONTS = Path(__file__).parent / "fonts"
NO_GLYPH = "\N{REPLACEMENT CHARACTER}"
JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")  # Persian and Hindi are spelt with them
VARIATIONS = frozenset("\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}")
INVISIBLE = JOINERS | VARIATIONS | {"\N{ZERO WIDTH SPACE}"}  # nobody misses them where they stood
LEANING = frozenset({"Mn", "Mc", "Me", "Cf", "Sk", "Lm"})
"""Kinds of character that are shown together with the one before."""
UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')


class NotTypeset(LetterRefused):
    """The typesetter refused the letter; its words are in the message."""


def typeset(page: str, date: dt.date, template: Path = TEMPLATE) -> tuple[bytes, tuple[str, ...]]:
    """`page` is the JSON that the template reads. Returns the PDF and the characters that no font has: PDF/UA
    refuses them, so a visible mark stands in their place. Raises NotTypeset.
    """
    unprintable: set[str] = set()
    while True:
        try:
            return _compiled(page, date, template), tuple(sorted(unprintable - INVISIBLE))
        except typst.TypstError as refused:
            unshown = _unshown(refused.diagnostic, unprintable)
            if not unshown:
                raise NotTypeset(refused.message) from refused
            unprintable |= unshown
            for text in sorted(unshown, key=len, reverse=True):
                page = page.replace(text, "" if text in INVISIBLE else NO_GLYPH)


def _compiled(page: str, date: dt.date, template: Path) -> bytes:
    made_at = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return typst.compile(
        template,  # a path: source given as bytes is never forgotten, and the 65,536th compile fails
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": page},
        pdf_standards=["ua-1"],
        timestamp=made_at,
    )


def _unshown(diagnostic: str, before: set[str]) -> set[str]:
    """What leans on another character comes first: the other is refused along with it, although a font may have
    it. Every font has ASCII, of which the page's own JSON is made.
    """
    refused = {_unescaped(text) for text in UNSHOWN.findall(diagnostic)} - before
    found = {text for text in refused if not text.isascii()}
    return {text for text in found if unicodedata.category(text[-1]) in LEANING} or found


def _unescaped(text: str) -> str:
    """The typesetter quotes text as Rust does."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
