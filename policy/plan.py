"""The action plan and the promises of a case, to be read: who does what by when, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from policy.deadlines import Deadline
from policy.facts import CaseFact
from policy.facts.base import Fact
from policy.facts.matters import Step
from policy.facts.promising import (
    ActionDone,
    ActionDropped,
    ActionMoved,
    ActionPlanned,
    ActionRefused,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
)
from policy.frozen import Frozen

_BEGUN: Final[dict[type[Fact], str]] = {ActionPlanned: "action", PromiseMade: "promise"}
_BECAME: Final[dict[type[Fact], str]] = {
    ActionDone: "done",
    ActionDropped: "dropped",
    ActionRefused: "refused",
    ActionMoved: "moved",
    PromiseKept: "kept",
    PromiseBroken: "broken",
    PromiseMoved: "moved",
}
TOLD_BY: Final = tuple(kind.model_fields["fact"].default for kind in (*_BEGUN, *_BECAME))
"""The facts that tell of a plan."""


class Planned(Frozen):
    """An action of the plan or a promise, by its matter's key. `due` while it is open, `late` once it was missed.
    `state` is open, or what its last step made of it: moved is open, too. `agency` carries it out, where one
    does, as the `group` agreed.
    """

    key: str
    words: str
    begun_at: datetime
    agreed: bool = False
    owner: str | None = None
    agency: str | None = None
    group: str | None = None
    day_agreed: date | None = None
    due: datetime | None = None
    late: bool = False
    state: str = "open"
    ended_at: datetime | None = None
    said: str | None = None


class Plan(Frozen):
    actions: tuple[Planned, ...]
    promises: tuple[Planned, ...]


def plan(facts: Sequence[tuple[int, CaseFact]], deadlines: Sequence[Deadline], officer: str | None) -> Plan:
    """From the facts that tell of it, each with its number on the case, and the deadlines now open."""
    planned: dict[str, Planned] = {}
    for number, fact in facts:
        if isinstance(fact, ActionPlanned | PromiseMade):
            key = f"{_BEGUN[type(fact)]}-{number}"
            planned[key] = Planned(
                key=key,
                words=fact.words,
                begun_at=fact.at,
                agreed=isinstance(fact, ActionPlanned) and fact.agreed,
                owner=fact.owner or officer,
                agency=fact.agency if isinstance(fact, ActionPlanned) else None,
                group=fact.group if isinstance(fact, ActionPlanned) else None,
                day_agreed=fact.by_when,
            )
        elif isinstance(fact, Step) and fact.matter in planned and type(fact) in _BECAME:
            planned[fact.matter] = planned[fact.matter].model_copy(update=_became(fact))
    open_ones = {deadline.key: deadline for deadline in deadlines}
    lines = [_as_it_stands(one, open_ones) for one in planned.values()]
    return Plan(
        actions=tuple(one for one in lines if one.key.startswith("action-")),
        promises=tuple(one for one in lines if one.key.startswith("promise-")),
    )


def _became(step: Step) -> dict[str, object]:
    state = _BECAME[type(step)]
    said = getattr(step, "words", None) or getattr(step, "reasons", None)
    if state == "moved":
        return {"state": state, "said": said, "day_agreed": step.by_when}
    return {"state": state, "said": said, "ended_at": step.at}


def _as_it_stands(one: Planned, open_ones: Mapping[str, Deadline]) -> Planned:
    if one.key not in open_ones:
        return one
    deadline = open_ones[one.key]
    return one.model_copy(update={"due": deadline.due, "late": deadline.noticed})
