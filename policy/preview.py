"""What recording a fact would do, before it is recorded: the same rules, and nothing is kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from policy.case_file import CaseFile
from policy.company import called
from policy.deadlines import Deadline
from policy.duties import Begin, Duty, SendLetter, duties
from policy.editions import of
from policy.facts.base import Fact, Recorded
from policy.file import File
from policy.frozen import Frozen
from policy.rulebook import Rulebook
from policy.told_of import told_others

F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])


class Moved(Frozen):
    owed: str
    was: datetime
    now: datetime


class Letter(Frozen):
    """`held_up` where it cannot go by itself."""

    kind: str
    to: str
    means: str
    by_hand: bool
    held_up: bool


class Tells(Frozen):
    """Whom outside, and about whom; about everybody on it, where nobody is named."""

    to: tuple[str, ...]
    about: tuple[str, ...]


class Preview(Frozen):
    """`kept` are deadlines that end, `begins` is what is carried on beside the case from then on."""

    stage: str | None
    becomes_serious: bool
    becomes_hate: bool
    kept: tuple[str, ...]
    new: tuple[Deadline, ...]
    moved: tuple[Moved, ...]
    letters: tuple[Letter, ...]
    begins: tuple[str, ...]
    tells: Tells | None

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, name) for name in type(self).model_fields)


def preview(book: Rulebook[F, E], file: F, entry: E) -> Preview:
    """On a case, or on what is carried on beside it. Raises Refused, as recording it would."""
    book.check(file, entry)
    after = book.after(file, entry)
    before_owed = {one.key: one for one in book.deadlines(file)}
    owed = {one.key: one for one in book.deadlines(after)}
    coming = _coming(file, after)
    return Preview(
        stage=_stage(after) if _stage(after) != _stage(file) else None,
        becomes_serious=_is(after, "serious") and not _is(file, "serious"),
        becomes_hate=_is(after, "hate") and not _is(file, "hate"),
        kept=tuple(one.owed for key, one in before_owed.items() if key not in owed),
        new=tuple(one for key, one in owed.items() if key not in before_owed),
        moved=tuple(_moved(before_owed, owed)),
        letters=tuple(_letter(one) for one in coming if isinstance(one, SendLetter)),
        begins=tuple(_begun(coming)),
        tells=_tells(file, entry.fact),
    )


def _stage(file: File) -> str:
    return str(getattr(file, "stage", ""))


def _is(file: File, what: str) -> bool:
    return bool(getattr(file, what, None))


def _coming(file: File, after: File) -> list[Duty]:
    """What a case owes then and does not owe now."""
    if not isinstance(file, CaseFile) or not isinstance(after, CaseFile):
        return []
    done = {one.key for one in duties(file)}
    return [one for one in duties(after) if one.key not in done]


def _tells(file: File, fact: Fact) -> Tells | None:
    told = told_others(file, fact)
    if told is None or not told.to:
        return None
    edition = of(file.edition)
    known = {one.key: one.name for one in (*edition.partners.partners, *edition.agencies)}
    return Tells(
        to=tuple(known.get(one, f"the {one.replace('_', ' ')}") for one in told.to),
        about=tuple(map(called, told.about or ())),
    )


def _moved(before: dict[str, Deadline], after: dict[str, Deadline]) -> Iterator[Moved]:
    for key, now in after.items():
        was = before.get(key)
        if was is not None and was.due != now.due:
            yield Moved(owed=now.owed, was=was.due, now=now.due)


def _letter(one: SendLetter) -> Letter:
    return Letter(
        kind=one.kind.called,
        to=called(one.to),
        means=one.means.value,
        by_hand=one.by_hand,
        held_up=one.held_up,
    )


def _begun(coming: list[Duty]) -> Iterator[str]:
    for one in coming:
        if isinstance(one, Begin):
            yield one.kind.replace("-", " ")
