"""A form about one kind of fact, wherever it is recorded: shown, read, and shown again as it was typed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import Response

from api.facts import RECORDED_HERE
from api.problems import Problem
from api.resources import Resources
from pages.staff.recording.inputs import Input
from pages.staff.recording.last_review import NOTHING, Before
from pages.staff.recording.typed import body_of, wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.facts import FACT_TYPES
from policy.facts.base import Fact
from policy.headings import heading_of_kind
from policy.preview import Preview

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


async def asked_by_form(
    needs: Resources,
    who: Caller,
    there: Opened,
    typed: Mapping[str, Sequence[str]],
    key: str,
    *,
    said: Problem | None = None,
    shown: Preview | None = None,
    filled: bool = False,
) -> Response:
    """As it was typed, with what is wrong with it or what recording it would do. `filled`: of powers as the last
    review said.
    """
    said, key = said_anew(said, key)
    wrong: dict[str, Any] = wrong_with(said, there.fact, there.inputs) if said and said.wrong else {}
    return await staff_page(
        needs,
        who,
        "staff/record.html",
        f"{'Error: ' if said else ''}{there.ref}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        of_us=there.before.of_us,
        there=there,
        now=datetime.now(UTC),
        heading=heading_of_kind(there.fact),
        heading_of=heading_of_kind,
        typed=typed,
        wrong=wrong,
        said=said,
        shown=shown,
        filled=filled,
        key=key,
    )
