"""A form about one kind of fact, wherever it is recorded: what it asks, and how what was typed is read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from api.facts import RECORDED_HERE
from api.problems import Problem
from pages.staff.recording.inputs import Input
from pages.staff.recording.last_review import NOTHING, Before
from pages.staff.recording.typed import body_of
from policy.facts import FACT_TYPES
from policy.facts.base import Fact
from policy.headings import heading_of_kind

FORMS: Final[Mapping[str, type[Fact]]] = {
    name: kind
    for name, kind in FACT_TYPES.items()
    if name in {*RECORDED_HERE, "cases_linked"} - {"closure_days_adopted"}
}
"""Facts on a case that somebody types."""
_KEYS: Final = ("idempotency-key", "key")
"""What a form's own key is called. Where a fact has a field `key`, that is not it."""
_SENT_BEFORE: Final = (
    "We have what this form said when it was sent before. If this is something else, press the button once more."
)


@dataclass(frozen=True)
class Opened:
    """`home` is the page of what it is recorded on. `mine` are the facts that have a form there."""

    template: ClassVar[str] = "staff/record.html"

    ref: str
    home: str
    kind: type[Fact]
    inputs: tuple[Input, ...]
    mine: frozenset[str] = frozenset(FORMS)
    before: Before = NOTHING

    @property
    def fact(self) -> str:
        name: str = self.kind.model_fields["fact"].default
        return name

    @property
    def title(self) -> str:
        return self.ref

    @property
    def context(self) -> Mapping[str, Any]:
        said = {"heading": heading_of_kind(self.fact), "heading_of": heading_of_kind, "shown": None}
        return said | {"of_us": self.before.of_us, "now": datetime.now(UTC)}

    def said_in(self, address: Mapping[str, str]) -> dict[str, list[str]]:
        """What an address says is filled in already, such as `matter`."""
        known = {one.name for one in self.inputs}
        return {name: [value] for name, value in address.items() if name in known}

    def body(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        return {"fact": self.fact} | body_of(self.inputs, form)


def key_in(form: Mapping[str, Sequence[str]]) -> str:
    """A new one where it has none."""
    for name in _KEYS:
        with suppress(ValueError, IndexError):
            return str(UUID(form.get(name, [])[0]))
    return str(uuid4())


def said_anew(said: Problem | None, key: str) -> tuple[Problem | None, str]:
    """Who goes back to a form that was taken, and writes something else, records that under a key of its own."""
    if said is None or not said.type.endswith("/key-used-for-another-body"):
        return said, key
    return said.model_copy(update={"detail": _SENT_BEFORE}), str(uuid4())
