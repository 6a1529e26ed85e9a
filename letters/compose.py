"""Makes a letter: the printed page and the e-mail's text, from the same words."""

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from letters.kinds import KINDS
from letters.typesetting import JOINERS, typeset
from letters.wordings import PLACEHOLDER, Block, LetterRefused, Shape, Wording, wording_of


@dataclass(frozen=True)
class Letterhead:
    name: str
    address_lines: tuple[str, ...]
    phone: str
    email: str
    website: str


DEMO_LANDLORD = Letterhead(
    name="Weald & Downs Homes",
    address_lines=("1 Invented Street", "Madeup-on-the-Weald", "ZZ99 9ZZ"),
    phone="01632 960100",
    email="hello@weald-and-downs.example",
    website="www.weald-and-downs.example",
)
"""Nobody's: the telephone numbers and domains are those set aside for fiction."""


@dataclass(frozen=True)
class Addressee:
    name: str
    address_lines: tuple[str, ...]


@dataclass(frozen=True)
class LetterContent:
    """`values` are those that `letters.kinds` names for the kind; a switch is "yes" or left out.
    `large_print` is set in 18 point, which is the least that counts as such; `plain_text` leaves the letterhead's
    look and the colours away. A `draft` says so, and is nothing that went.
    """

    kind: str
    reference: str
    date: dt.date
    addressee: Addressee
    values: Mapping[str, str | list[str]]
    large_print: bool = False
    plain_text: bool = False
    draft: bool = False


@dataclass(frozen=True)
class ComposedLetter:
    """`unprintable` are the characters that no font of ours has: � in the PDF, themselves in the text."""

    subject: str
    pdf: bytes
    text: str
    unprintable: tuple[str, ...]


DRAFT: Final = "Draft. This letter has not been sent."


class ValueRefused(LetterRefused):
    def __init__(self, kind: str, field: str, problem: str) -> None:
        self.kind, self.field = kind, field
        super().__init__(f"{kind}.txt: {{{field}}} {problem}")


class ValueMissing(ValueRefused):
    def __init__(self, kind: str, field: str) -> None:
        super().__init__(kind, field, "was not given")


class ValueUnknown(ValueRefused):
    def __init__(self, kind: str, field: str) -> None:
        super().__init__(kind, field, "is not something that this letter says")


def compose(content: LetterContent, letterhead: Letterhead) -> ComposedLetter:
    """Raises LetterRefused. The same content gives the same bytes; safe to call from any thread."""
    wording = wording_of(content.kind)
    values = _values(content, letterhead)
    blocks = tuple(filled(wording, values))
    reference = {"reference": values["reference"]}
    subject = _text(wording.subject, reference)
    page = {
        "title": _text(wording.title, reference),
        "reference": values["reference"],
        "date": values["date"],
        "addressee": [values["name"], *_shown_lines(content.addressee.address_lines)],
        "letterhead": {
            "name": values["landlord"],
            "address": _shown_lines(letterhead.address_lines),
            "contacts": [values["phone"], values["email"], values["website"]],
        },
        "large": content.large_print,
        "plain": content.plain_text,
        "draft": content.draft,
        "blocks": [{"shape": block.shape, "lines": block.lines} for block in blocks],
    }
    pdf, unprintable = typeset(json.dumps(page, ensure_ascii=False), content.date)
    text = plain(blocks, letterhead)
    return ComposedLetter(subject, pdf, f"{DRAFT}\n\n{text}" if content.draft else text, unprintable)


def _values(content: LetterContent, letterhead: Letterhead) -> dict[str, str | list[str]]:
    kind, fields = content.kind, KINDS[content.kind]
    given = {name: _shown_value(value) for name, value in content.values.items()}
    given = {name: value for name, value in given.items() if value}
    for name, value in sorted(given.items()):
        if name not in fields.known:
            raise ValueUnknown(kind, name)
        if name in fields.switches and value != "yes":
            raise ValueRefused(kind, name, 'is "yes" or is left out')
        if isinstance(value, list) is not (name in fields.lists):
            raise ValueRefused(kind, name, f"is {'a list' if name in fields.lists else 'one text'}")
    given |= {
        "name": _shown(content.addressee.name),
        "reference": _shown(content.reference),
        "date": f"{content.date.day} {content.date:%B %Y}",
        "landlord": _shown(letterhead.name),
        "phone": _shown(letterhead.phone),
        "email": _shown(letterhead.email),
        "website": _shown(letterhead.website),
    }
    for name in sorted(fields.required | {"name", "reference"}):
        if not given.get(name):
            raise ValueMissing(kind, name)
    if fields.exactly_one and len(fields.exactly_one & given.keys()) != 1:
        choice = " or ".join(sorted(fields.exactly_one))
        raise ValueRefused(kind, choice, "must be given, and only one of them")
    return given


def _shown_value(value: str | list[str]) -> str | list[str]:
    return _shown_lines(value) if isinstance(value, list) else _shown(value)


def _shown_lines(lines: tuple[str, ...] | list[str]) -> list[str]:
    return [line for line in map(_shown, lines) if line]


def _shown(text: str) -> str:
    """One line, without characters that can't be seen or that reorder what is seen."""
    visible = (
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFC", text)
        if character in JOINERS or unicodedata.category(character) not in {"Cf", "Cs"}
    )
    return " ".join("".join(visible).split())


def filled(wording: Wording, values: Mapping[str, str | list[str]]) -> Iterator[Block]:
    for block in wording.blocks:
        if block.when is None or block.when in values:
            yield replace(block, lines=tuple(_filled_lines(block, values)))


def _filled_lines(block: Block, values: Mapping[str, str | list[str]]) -> Iterator[str]:
    for line in block.lines:
        placeholder = PLACEHOLDER.fullmatch(line)
        value = values[placeholder[1]] if placeholder else None
        if isinstance(value, list):
            yield from value
        else:
            yield _text(line, values)


def _text(line: str, values: Mapping[str, str | list[str]]) -> str:
    """In one pass, so that a placeholder inside a value stays what somebody wrote."""
    return PLACEHOLDER.sub(lambda name: str(values[name[1]]), line)


def plain(blocks: tuple[Block, ...], letterhead: Letterhead) -> str:
    paragraphs = ["\n".join(_plain_line(block.shape, line) for line in block.lines) for block in blocks]
    foot = [
        letterhead.name,
        *letterhead.address_lines,
        letterhead.phone,
        letterhead.email,
        letterhead.website,
    ]
    return "\n\n".join([*paragraphs, "\n".join(_shown_lines(foot))]) + "\n"


def _plain_line(shape: Shape, line: str) -> str:
    match shape:
        case Shape.BULLETS:
            return f"- {line}"
        case Shape.TO_FILL_IN:
            return f"{line}: {'_' * 24}"
    return line
