"""What stands before the form of a review: what the last one said, also of each power, and what became of each
action it left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pages.staff.recording.inputs import Option
from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.reviewing import CaseReviewed, PowerWeighed
from policy.plan import Planned
from store import corrections, plans, timeline
from store.sessions import Reading

_REVIEWED: Final = "case_reviewed"


@dataclass(frozen=True)
class Reviewed:
    """`said` are questions and answers, none where they were erased; `corrected` says what is right instead."""

    at: datetime
    by: str
    said: tuple[tuple[str, str], ...]
    corrected: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """`actions` are those that were open at the last review, or began since; `powers` how the last one weighed
    each, as a form about this edition's has it.
    """

    last: Reviewed | None
    actions: tuple[Planned, ...]
    powers: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def of_us(self) -> Sequence[str | None]:
        return [self.last.by if self.last else None, *(one.owner for one in self.actions)]

    @property
    def asked(self) -> Sequence[Option]:
        return [Option(one.key, f"{one.words} ({one.state})") for one in self.actions]


NOTHING: Final = Before(None, ())


async def before(db: Reading, file: CaseFile, edition: Edition, fact: str) -> Before:
    if fact != _REVIEWED:
        return NOTHING
    since = file.last_review_at
    actions = (await plans.of_case(db, file)).actions
    entries = await corrections.marked(db, file.ref, await timeline.entries_of(db, file.ref, kinds=(_REVIEWED,)))
    last = max(entries, key=lambda one: (one.at, one.seq), default=None)
    left = tuple(one for one in actions if since is None or one.ended_at is None or one.ended_at >= since)
    if last is None:
        return Before(None, left)
    words = {one.key: one.words for one in actions}
    said: tuple[tuple[str, str], ...] = ()
    powers: Mapping[str, Sequence[str]] = {}
    if last.content is not None and isinstance(reviewed := last.entry().fact, CaseReviewed):
        said = tuple(_said(reviewed, edition, words))
        powers = dict(_as_before(reviewed, edition))
    corrected = tuple(f"{one.wrong} {one.right}" for one in last.corrected_by)
    return Before(Reviewed(last.at, last.by_id, said, corrected), left, powers)


def _as_before(fact: CaseReviewed, edition: Edition) -> Iterator[tuple[str, Sequence[str]]]:
    """One group for each of the edition's powers; empty but for its name where nothing was said of it."""
    weighed = {one.power: one for one in fact.powers}
    if not weighed:
        return
    for number, power in enumerate(edition.powers):
        group = f"powers.{number}."
        yield f"{group}power", [power.key]
        if one := weighed.get(power.key):
            yield f"{group}used", ["yes" if one.used else "no"]
            yield f"{group}why_not", [one.why_not or ""]
            yield f"{group}words", [one.words or ""]


def _said(fact: CaseReviewed, edition: Edition, actions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`actions` are the words of each, by its key."""
    asks = {one.key: one.asks for one in edition.review_questions}
    yield from ((asks.get(key, key), answer) for key, answer in fact.answers.items())
    yield from ((actions.get(key, key), words) for key, words in fact.actions.items())
    powers = {one.key: one.name for one in edition.powers}
    yield from ((powers.get(one.power, one.power), _weighed(one)) for one in fact.powers)
    yield "The policy was followed", f"{'Yes' if fact.policy_followed else 'No'}. {fact.words}"


def _weighed(one: PowerWeighed) -> str:
    why = f": {one.why_not.replace('_', ' ')}" if one.why_not else ""
    return f"{'Used' if one.used else 'Not used'}{why}.{' ' + one.words if one.words else ''}"
