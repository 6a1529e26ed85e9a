"""A form about one kind of fact, wherever it is recorded: what it asks, and how what was typed is read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from api.facts import RECORDED_HERE
from api.problems import Problem
from pages.staff.recording.drafts import address_of
from pages.staff.recording.inputs import MORE, Input, grown
from pages.staff.recording.last_review import NOTHING, Before
from pages.staff.recording.typed import body_of
from policy.facts import FACT_TYPES
from policy.facts.base import Fact
from policy.headings import heading_of_kind
from store.drafts import Place

FORMS: Final[Mapping[str, type[Fact]]] = {
    name: kind for name, kind in FACT_TYPES.items() if name in {*RECORDED_HERE, "cases_linked"}
}
"""Facts on a case that somebody types."""
_KEYS: Final = ("idempotency-key", "key")
"""What a form's own key is called. Where a fact has a field `key`, that is not it."""
_SENT_BEFORE: Final = (
    "We have what this form said when it was sent before. If this is something else, press the button once more."
)


@dataclass(frozen=True)
class Opened:
    """`home` is the page of what it is recorded on, which is `called` so, `case` its case. `says` is the address,
    `mine` are the facts that have a form there, `stands` is what the form begins with.
    """

    template: ClassVar[str] = "staff/record.html"

    ref: str
    home: str
    kind: type[Fact]
    inputs: tuple[Input, ...]
    case: str | None
    says: Mapping[str, str]
    mine: frozenset[str] = frozenset(FORMS)
    before: Before = NOTHING
    called: str = "case"
    stands: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def fact(self) -> str:
        name: str = self.kind.model_fields["fact"].default
        return name

    @property
    def title(self) -> str:
        return self.ref

    @property
    def context(self) -> Mapping[str, Any]:
        said = {"heading": heading_of_kind(self.fact), "heading_of": heading_of_kind}
        none_yet = {"shown": None, "filled": False}
        return said | none_yet | {"of_us": self.before.of_us, "now": datetime.now(UTC)}

    @property
    def filled(self) -> dict[str, list[str]]:
        """What it begins with, and what its address says is filled in already, such as `matter`."""
        return {**self.stands, **{name: [value] for name, value in self._addressed.items()}}

    @property
    def _addressed(self) -> dict[str, str]:
        known = {one.name for one in self.inputs}
        return {name: value for name, value in self.says.items() if name in known}

    @property
    def draft(self) -> Place:
        address = address_of(f"{self.home}/record/{self.fact}", self._addressed)
        return Place(address=address, fact=self.fact, about=self.ref, case_ref=self.case)

    def with_room_for(self, form: Mapping[str, Sequence[str]]) -> "Opened":
        return replace(self, inputs=grown(self.inputs, form))

    def body(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        return {"fact": self.fact} | body_of(self.inputs, form)


def key_in(form: Mapping[str, Sequence[str]]) -> str:
    """A new one where it has none."""
    for name in _KEYS:
        with suppress(ValueError, IndexError):
            return str(UUID(form.get(name, [])[0]))
    return str(uuid4())


def only_grows(form: Mapping[str, Sequence[str]]) -> bool:
    """Whether what was pressed is "Add another"."""
    return any(one.startswith(MORE) for one in form.get("do", ()))


def said_anew(said: Problem | None, key: str) -> tuple[Problem | None, str]:
    """Who goes back to a form that was taken, and writes something else, records that under a key of its own."""
    if said is None or not said.type.endswith("/key-used-for-another-body"):
        return said, key
    return said.model_copy(update={"detail": _SENT_BEFORE}), str(uuid4())
