"""Any kind of fact with whatever its fields may hold, for the kinds that say no more than their fields do."""

import types
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import AwareDatetime

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.facts import CaseFact
from policy.facts.base import Fact
from policy.facts.contact import ContactMade
from policy.facts.groups import AfterMeeting
from policy.facts.matters import Step
from policy.facts.parts import PersonIdentified, PersonJoined
from policy.frozen import Frozen
from policy.matters import stage_of
from policy.rules.matters import open_for
from policy.working_days import london_day
from tests.given import contact

WORDS: Final = "As told."
WITH_AN_ID: Final = (PersonJoined, PersonIdentified)
"""Their `person` is not what somebody is called on the case."""


def told(kind: type[Fact], file: CaseFile, at: datetime, pick: int, **said: Any) -> CaseFact:
    """`pick` chooses among what each field may hold; a step is one of a matter that takes it where one does."""
    values: dict[str, Any] = {"at": at} | said
    if issubclass(kind, Step) and "matter" not in values:
        values["matter"] = matter_for(kind, file, pick)
    if "person" in kind.model_fields and kind not in WITH_AN_ID:
        values.setdefault("person", somebody(file, pick))
    for name, field in kind.model_fields.items():
        if name in values or name == "fact" or (not field.is_required() and (pick + len(name)) % 3 == 0):
            continue
        value = _value(name, field.annotation, at, pick)
        if value is not None or field.is_required():
            values[name] = value
    return kind.model_validate(values)  # type: ignore[return-value]  # every kind of fact that is tried is a CaseFact


def somebody(file: CaseFile, pick: int) -> str:
    """The complainant half of the time, else anybody on the case, and sometimes somebody who is not."""
    return COMPLAINANT if pick % 2 else (*file.people, "witness-9")[pick // 2 % (len(file.people) + 1)]


def matter_for(kind: type[Fact], file: CaseFile, pick: int) -> str:
    keys = open_for(file, kind) or ["none-1"]
    return keys[pick % len(keys)]


def step_towards_its_end(file: CaseFile, key: str, at: datetime) -> CaseFact:
    stage = stage_of(file.matters[key])
    ways = {**stage.otherwise, **stage.steps}
    kind = next((kind for kind, to in ways.items() if to is None), next(iter(ways)))
    if kind is ContactMade:
        return contact(at)
    said = {"none_agreed": True} if issubclass(kind, AfterMeeting) else {}
    return told(kind, file, at, 7, matter=key, by_when=None, **said)


def _value(name: str, annotation: Any, at: datetime, pick: int) -> Any:
    if name == "ends":
        return london_day(at) + timedelta(days=pick % 60 + 1)
    if name == "by_when":
        return (None, london_day(at) + timedelta(days=pick % 40), london_day(at) - timedelta(days=1))[pick % 3]
    options = get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else (annotation,)
    if name == "also" or (type(None) in options and name in {"owner", "person", "matter", "from_case"}):
        return None
    kind = get_args(options[0])[0] if get_origin(options[0]) is Annotated else options[0]
    if get_origin(kind) is tuple:
        item = _value(name, get_args(kind)[0], at, pick)
        return (item,) if pick % 2 else ()
    if get_origin(kind) is not None:
        return None
    return _simple(kind, at, pick)


def _required(kind: type[Frozen], at: datetime, pick: int) -> dict[str, Any]:
    fields = {name: one.annotation for name, one in kind.model_fields.items() if one.is_required()}
    return {name: _value(name, annotation, at, pick) for name, annotation in fields.items()}


def _simple(kind: type, at: datetime, pick: int) -> Any:
    makers: dict[type, Any] = {
        StrEnum: lambda: list(kind)[pick % len(kind)],  # type: ignore[arg-type,call-overload]  # an enumeration
        bool: lambda: pick % 2 == 0,
        int: lambda: 1 + pick % 5,
        str: lambda: WORDS,
        datetime: lambda: at,
        AwareDatetime: lambda: at,
        date: lambda: london_day(at) + timedelta(days=pick % 40),
        Frozen: lambda: kind(**_required(kind, at, pick)),
    }
    return next(make for base, make in makers.items() if issubclass(kind, base))()
