"""What of a payload says how work goes and nothing of anybody: stages, references, moments and order.

A field that is not listed is masked whatever it holds, flags and numbers too. So is a listed one that holds
anything but what such a field holds.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from policy.case_file import Stage
from policy.facts.base import Role
from policy.permissions import RECORDED_BY_THE_SYSTEM
from policy.procedures.kinds import KINDS

MASKED: Final = "(masked)"

_REFERENCE: Final = "C[WR]-[0-9]{4}-[0-9]{6,12}(-[0-9]{1,9})?"
_ID: Final = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9.]{2,12})?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
_NUMBER: Final = "[0-9]{1,9}"
_STAGES: Final = {*Stage, *(stage for kind in KINDS.values() for stage in kind.stages)}
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(shape)
    for shape, names in {
        "|".join(RECORDED_BY_THE_SYSTEM): ("fact",),
        "|".join(Role): ("role",),
        "|".join(_STAGES): ("stage",),
        _REFERENCE: ("ref", "case", "case_ref"),
        _ID: ("id", "fact_id", "proposed"),
        _MOMENT: ("at", "recorded_at", "since", "due", "reported_at", "closed_at"),
        _NUMBER: ("seq", "first"),
    }.items()
    for name in names
}
"""Of facts those that the system alone records: a letter went, a deadline passed. What people tell is told by its
kind already: that there is domestic abuse, that a doctor was asked.
"""
_FIELD: Final = re.compile("[a-z][a-z_]{0,39}")
"""How our types call their fields; what else stands before a colon may be somebody's word."""


def masked(told: Any, field: str = "") -> Any:  # noqa: ANN401 - what JSON holds
    """The same structure."""
    match told:
        case None:
            return None
        case dict():
            return {_name(name, place): masked(one, name) for place, (name, one) in enumerate(told.items(), 1)}
        case list():
            return [masked(one, field) for one in told]
        case _:
            return told if _is_known(told, field) else MASKED


def _name(name: str, place: int) -> str:
    return name if _FIELD.fullmatch(name) else f"(masked {place})"


def _is_known(told: Any, field: str) -> bool:  # noqa: ANN401 - as above
    shape = _SHAPES.get(field)
    return shape is not None and not isinstance(told, bool) and shape.fullmatch(str(told)) is not None
