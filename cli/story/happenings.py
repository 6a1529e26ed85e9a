"""One happening of a story: a fact with what may be left out filled in, as the entry that would be recorded."""

import re
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from cli.story.expectations import happening_id
from cli.story.moments import Moment, in_london
from policy.case import CASE
from policy.deadlines import without_number
from policy.editions import Edition, in_force_on
from policy.facts import BORDER, Actor, Fact, Recorded, Role, digest
from policy.facts.letters import LetterKind
from policy.permissions import may_record
from policy.procedures.kinds import KINDS
from policy.rulebook import Rulebook
from policy.simulation import told_in_an_outage

ALL: Final = "all of it"
UNTOLD: Final = "Not told in this story."

_LEFT_OUT: Final[dict[str, object]] = {
    "words": UNTOLD,
    "reasons": UNTOLD,
    "explanation": UNTOLD,
    "channel": "phone",
    "means": "phone",
    "policy_followed": True,
}
"""What a field is when the story does not say, where the fact cannot do without it."""

COMPLAINANTS: Final[dict[str, dict[str, object] | None]] = {
    "by_email": {"name": "Rowan Example", "email": "rowan@example.org"},
    "by_post": {"name": "Ashley Sample", "address": ["2 Invented Row", "Sevenoaks"]},
    "by_phone": {"name": "Robin Sample", "phone": "01632 960 001"},
    "unknown": None,
}
"""Invented complainants, by how they can be reached. None has said how they want to be."""

_BY: Final = re.compile(r"(resident|officer|supervisor)([ -]\S.*)?")


class NotAHappening(ValueError):
    """What is wrong with the happening of that number, and where in it."""

    def __init__(self, number: int, problems: list[tuple[tuple[int | str, ...], str]]) -> None:
        super().__init__(f"happening {number}: {problems}")
        self.number = number
        self.problems = problems


class _Common(BaseModel):
    """What every happening may say beside its fact's own fields."""

    model_config = ConfigDict(frozen=True, extra="allow")

    fact: str
    at: Moment
    recorded_at: Moment | None = None
    by: str | None = None
    assumed: bool | tuple[str, ...] = False
    letter: LetterKind | None = None
    beside: str | None = None


@dataclass(frozen=True)
class Told:
    """`assumed` says what the story's source does not, `ALL` or parts. `letter` is the kind of letter that
    the fact speaks of, where it does, `beside` the matter that it was recorded of, beside the case.
    """

    entry: Recorded[Any]
    assumed: str
    letter: LetterKind | None
    beside: str | None
    number: int


def as_entry(number: int, happening: dict[str, Any]) -> Told:
    """Raises NotAHappening."""
    try:
        common = _Common.model_validate(happening)
    except ValidationError as error:
        raise NotAHappening(number, [(e["loc"], e["msg"]) for e in error.errors()]) from None
    rulebook = _rulebook(number, common)
    by = _recorded_by(number, common, rulebook)
    kind = rulebook.facts[common.fact]
    try:
        fact = kind.model_validate(_fields(common, kind), extra="forbid", context=BORDER)
    except ValidationError as error:
        raise NotAHappening(number, [(e["loc"], e["msg"]) for e in error.errors()]) from None
    except _WrongTime as wrong:
        raise NotAHappening(number, [((wrong.field,), str(wrong))]) from None
    entry = rulebook.entry(
        id=happening_id(number),
        by=by,
        recorded_at=common.recorded_at or common.at,
        fact=fact,
        digest=digest(fact.model_dump(mode="json")),
    )
    if told_in_an_outage(entry) and entry.recorded_at < entry.at:
        raise NotAHappening(number, [(("recorded_at",), "a report cannot be taken before it is made")])
    return Told(entry, _assumed(common.assumed), common.letter, common.beside, number)


def _rulebook(number: int, common: _Common) -> Rulebook[Any, Any]:
    if common.beside is None:
        return CASE
    kind = KINDS.get(without_number(common.beside))
    if kind is None:
        why = f"what is carried on beside a case is called {' or '.join(KINDS)}"
        raise NotAHappening(number, [(("beside",), why)])
    return kind.rulebook


def _assumed(said: bool | tuple[str, ...]) -> str:
    if isinstance(said, bool):
        return ALL if said else ""
    return ", ".join(said)


def _recorded_by(number: int, common: _Common, rulebook: Rulebook[Any, Any]) -> Actor:
    if common.fact not in rulebook.facts:
        known = ", ".join(name for name in rulebook.facts if may_record(Role.SUPERVISOR, name))
        why = f"there is no fact called {common.fact}; the facts are: {known}"
        raise NotAHappening(number, [(("fact",), why)])
    allowed = [role for role in (Role.OFFICER, Role.SUPERVISOR) if may_record(role, common.fact)]
    if not allowed:
        raise NotAHappening(number, [(("fact",), "the system records this by itself; say it under `expect`")])
    by = common.by or allowed[0].value
    match = _BY.fullmatch(by)
    if match is None:
        raise NotAHappening(number, [(("by",), "write officer, supervisor or resident; one of many is officer-2")])
    role = Role(match[1])
    if not may_record(role, common.fact):
        raise NotAHappening(number, [(("by",), f"no {role} may record {common.fact}")])
    return Actor(id=by if match[2] else f"{role}-1", role=role)


def _fields(common: _Common, kind: type[Fact]) -> dict[str, Any]:
    told: dict[str, Any] = {**(common.model_extra or {}), "fact": common.fact, "at": common.at}
    for name, field in kind.model_fields.items():
        if name in _LEFT_OUT and field.is_required():
            told.setdefault(name, _LEFT_OUT[name])
        elif name != "at" and name.endswith("_at") and told.get(name) is not None:
            told[name] = _moment(name, told[name])
        elif isinstance(told.get(name), list):
            told[name] = [_with_moments(each) for each in told[name]]
    if common.letter is not None:
        told = {"key": common.letter.value, **told, "means": (common.model_extra or {}).get("means", "post")}
    if common.fact == "case_reviewed":
        told = _as_complete_as_it_must_be(in_force_on(common.at.date())) | told
    if common.fact == "report_received":
        someone = told.get("complainant", "by_email")
        told["complainant"] = COMPLAINANTS.get(someone, someone) if isinstance(someone, str) else someone
    return told


def _with_moments(part: object) -> object:
    if not isinstance(part, dict):
        return part
    return {name: _moment(name, each) if name.endswith("_at") else each for name, each in part.items()}


def _as_complete_as_it_must_be(edition: Edition) -> dict[str, object]:
    """What a review must say, where the story does not."""
    return {
        "answers": {question.key: UNTOLD for question in edition.review_questions},
        "powers": [
            {"power": power.key, "used": False, "why_not": "other", "words": UNTOLD} for power in edition.powers
        ],
    }


class _WrongTime(ValueError):
    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def _moment(field: str, value: object) -> object:
    try:
        return in_london(value)
    except ValueError as wrong:
        raise _WrongTime(field, str(wrong)) from None
