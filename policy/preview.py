"""What recording a fact would do, before it is recorded: the same rules, and nothing is kept."""

from collections.abc import Iterator
from datetime import datetime

from policy.case import CASE
from policy.case_file import CaseFile, Stage
from policy.company import called
from policy.deadlines import Deadline
from policy.duties import Begin, Duty, SendLetter, duties
from policy.facts import Entry
from policy.frozen import Frozen


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


class Preview(Frozen):
    """`kept` are deadlines that end, `begins` is what is carried on beside the case from then on."""

    stage: Stage | None
    becomes_serious: bool
    becomes_hate: bool
    kept: tuple[str, ...]
    new: tuple[Deadline, ...]
    moved: tuple[Moved, ...]
    letters: tuple[Letter, ...]
    begins: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, name) for name in type(self).model_fields)


def preview(file: CaseFile, entry: Entry) -> Preview:
    """Raises Refused, as recording it would."""
    CASE.check(file, entry)
    after = CASE.after(file, entry)
    before_owed = {one.key: one for one in CASE.deadlines(file)}
    owed = {one.key: one for one in CASE.deadlines(after)}
    done = {one.key for one in duties(file)}
    coming = [one for one in duties(after) if one.key not in done]
    return Preview(
        stage=after.stage if after.stage != file.stage else None,
        becomes_serious=after.serious and not file.serious,
        becomes_hate=after.hate is not None and file.hate is None,
        kept=tuple(one.owed for key, one in before_owed.items() if key not in owed),
        new=tuple(one for key, one in owed.items() if key not in before_owed),
        moved=tuple(_moved(before_owed, owed)),
        letters=tuple(_letter(one) for one in coming if isinstance(one, SendLetter)),
        begins=tuple(_begun(coming)),
    )


def _moved(before: dict[str, Deadline], after: dict[str, Deadline]) -> Iterator[Moved]:
    for key, now in after.items():
        was = before.get(key)
        if was is not None and was.due != now.due:
            yield Moved(owed=now.owed, was=was.due, now=now.due)


def _letter(one: SendLetter) -> Letter:
    return Letter(
        kind=one.kind.value.replace("_", " "),
        to=called(one.to),
        means=one.means.value,
        by_hand=one.by_hand,
        held_up=one.held_up,
    )


def _begun(coming: list[Duty]) -> Iterator[str]:
    for one in coming:
        if isinstance(one, Begin):
            yield one.kind.replace("-", " ")
