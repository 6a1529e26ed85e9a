"""Reads the wording that housing people write, and refuses what the letter could not fill in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from letters.kinds import KINDS, Fields

FOLDER = Path(__file__).parent / "wording"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
CONDITION = re.compile(r"\[when ([a-z_]+)\]")
SHARED = re.compile(r"\[shared ([a-z-]+)\]")


class LetterRefused(Exception):
    """A letter can't be written as asked; nothing was made."""


class WordingMissing(LetterRefused):
    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(f"{file}: there is no such wording")


class WordingFaulty(LetterRefused):
    def __init__(self, file: str, line: int, problem: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {problem}")


class Shape(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    LINES = "lines"
    TO_FILL_IN = "to-fill-in"


MARKS = {"# ": Shape.HEADING, "- ": Shape.BULLETS, "|": Shape.LINES, "+ ": Shape.TO_FILL_IN}


@dataclass(frozen=True)
class Block:
    """One paragraph of a letter; `when` names the value without which it isn't shown."""

    shape: Shape
    lines: tuple[str, ...]
    when: str | None = None


@dataclass(frozen=True)
class Wording:
    file: str
    subject: str
    title: str
    blocks: tuple[Block, ...]


@cache
def wording_of(kind: str) -> Wording:
    """Raises WordingMissing or WordingFaulty."""
    if kind not in KINDS:
        raise WordingMissing(f"{kind}.txt")
    return read_wording(FOLDER / f"{kind}.txt", KINDS[kind])


def check_all_wordings() -> None:
    """For the start of the program: raises WordingMissing or WordingFaulty for the first that isn't right."""
    for kind in KINDS:
        wording_of(kind)


def read_wording(path: Path, fields: Fields, shared: Path | None = None) -> Wording:
    """`shared` is the folder of shared words, beside the file where none is named.
    Raises WordingMissing or WordingFaulty.
    """
    if not path.is_file():
        raise WordingMissing(path.name)
    return _Reader(path, fields, shared or path.parent / "shared").wording()


@dataclass(frozen=True)
class _Reader:
    path: Path
    fields: Fields
    shared: Path

    def wording(self) -> Wording:
        groups = list(self.groups())
        (first_line, head), *rest = groups or [(1, [])]
        subject, title = self._head(first_line, head)
        blocks = tuple(block for number, lines in rest for block in self._blocks(number, lines))
        if not blocks:
            raise self._fault(first_line, "the letter has no text")
        self._check_every_value_is_used(blocks)
        return Wording(self.path.name, subject, title, blocks)

    def groups(self) -> Iterator[tuple[int, list[str]]]:
        """Lines between empty lines, with the number of the first."""
        group: list[str] = []
        number = 0
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                group.append(line.strip())
            elif group:
                yield number - len(group), group
                group = []
        if group:
            yield number - len(group) + 1, group

    def _head(self, number: int, lines: list[str]) -> tuple[str, str]:
        match lines:
            case [subject, title] if subject.startswith("subject:") and title.startswith("title:"):
                pass
            case _:
                raise self._fault(number, "a wording starts with a line `subject:` and a line `title:`")
        subject, title = (line.partition(":")[2].strip() for line in lines)
        for text in (subject, title):
            for name in self._placeholders(number, text):
                if name != "reference":
                    raise self._fault(number, f"{{{name}}} may not stand here: others may see this line")
        return subject, title

    def _blocks(self, number: int, lines: list[str]) -> Iterator[Block]:
        """One, or those of the words that several letters share."""
        shared = SHARED.fullmatch(lines[0])
        if shared is None:
            yield self.block(number, lines)
            return
        path = self.shared / f"{shared[1]}.txt"
        if not path.is_file() or len(lines) > 1:
            raise self._fault(number, f"{lines[0]} names a file in shared/ and has a line of its own")
        there = replace(self, path=path)
        yield from (there.block(*group) for group in there.groups())

    def block(self, number: int, lines: list[str]) -> Block:
        when = None
        if condition := CONDITION.fullmatch(lines[0]):
            when = condition[1]
            if when not in self.fields.optional | self.fields.switches:
                raise self._fault(number, f"[when {when}]: this letter has no such choice")
            number, lines = number + 1, lines[1:]
        if not lines:
            raise self._fault(number, "there is no text below [when ...]")
        shape = next((shape for mark, shape in MARKS.items() if lines[0].startswith(mark)), Shape.PARAGRAPH)
        block = Block(shape, self._lines(number, shape, lines), when)
        for line in block.lines:
            self._check(number, line, block)
        return block

    def _lines(self, number: int, shape: Shape, lines: list[str]) -> tuple[str, ...]:
        if shape is Shape.PARAGRAPH:
            return (" ".join(lines),)
        mark = next(mark for mark, marked in MARKS.items() if marked is shape)
        items: list[str] = []
        for offset, line in enumerate(lines):
            if line.startswith(mark):
                items.append(line.removeprefix(mark).strip())
            elif shape is Shape.BULLETS:
                items[-1] += f" {line}"
            else:
                raise self._fault(number + offset, f"`{mark.strip()}` or an empty line is missing above this")
        if shape is Shape.HEADING and len(items) > 1:
            raise self._fault(number, "a heading is one line")
        return tuple(items)

    def _check(self, number: int, line: str, block: Block) -> None:
        for name in self._placeholders(number, line):
            if name in self.fields.lists and not (block.shape is Shape.BULLETS and PLACEHOLDER.fullmatch(line)):
                raise self._fault(number, f"{{{name}}} is a list: give it a line of its own, `- {{{name}}}`")
            if name in self.fields.optional and block.when != name:
                raise self._fault(number, f"{{{name}}} may be missing: put [when {name}] above it")

    def _placeholders(self, number: int, text: str) -> list[str]:
        usable = self.fields.always | self.fields.texts | self.fields.lists
        names = PLACEHOLDER.findall(text)
        for name in names:
            if name not in usable:
                raise self._fault(number, f"{{{name}}} is not known here; known: {', '.join(sorted(usable))}")
        if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
            raise self._fault(number, "a curly bracket without a name in small letters")
        return names

    def _check_every_value_is_used(self, blocks: tuple[Block, ...]) -> None:
        used = {name for block in blocks for line in block.lines for name in PLACEHOLDER.findall(line)}
        used |= {block.when for block in blocks if block.when}
        if unused := self.fields.known - used:
            raise self._fault(1, f"never says {', '.join(f'{{{name}}}' for name in sorted(unused))}")

    def _fault(self, line: int, problem: str) -> WordingFaulty:
        return WordingFaulty(self.path.name, line, problem)
