"""Every kind of procedure, by the name that begins its matter's key and its workflow's id."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from policy.facts.base import Fact
from policy.legal_action import duties as legal_action
from policy.legal_action.procedure import LEGAL_ACTION
from policy.rulebook import Rulebook


@dataclass(frozen=True)
class Kind:
    """`duties` are what the system must do, `done` the fact that is recorded of each when all goes well."""

    rulebook: Rulebook[Any, Any]
    duties: Callable[[Any], Sequence[Any]]
    done: Callable[[Any, datetime], Fact]

    @property
    def name(self) -> str:
        return self.rulebook.name


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(LEGAL_ACTION, legal_action.duties, lambda duty, at: legal_action.came_of(duty, at, reached=True)),
    )
}
