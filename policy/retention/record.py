"""What is decided of a record: which holds stand, and how far it is on its way to erasure."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime, Field

from policy.editions import Edition
from policy.editions.retention import RecordKind
from policy.frozen import Frozen
from policy.retention.facts import HoldReason
from policy.working_days import london_day


class State(StrEnum):
    KEPT = "kept"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ERASED = "erased"


class Proposal(Frozen):
    """As ErasureProposed says it."""

    kind: RecordKind
    edition: str
    months: int
    since: date
    last: date
    officer: str | None = None


class RetentionFile(Frozen):
    """`ref` is a case, a case review, a person's id, or a kind and the day before which things of it are meant.
    `holds` are by the id of the fact that placed them, `protected` those of the data protection officer, and
    `lifted_by` whoever lifted the last one. Nothing is proposed until `refused_until` is over.
    """

    ref: str
    seq: int = 0
    holds: dict[str, HoldReason] = Field(default_factory=dict)
    protected: tuple[str, ...] = ()
    lifted_by: str | None = None
    proposal: Proposal | None = None
    approved_at: AwareDatetime | None = None
    approved_by: str | None = None
    refused_until: date | None = None
    erased_at: AwareDatetime | None = None

    @property
    def state(self) -> State:
        if self.erased_at is not None:
            return State.ERASED
        if self.proposal is None:
            return State.KEPT
        return State.PROPOSED if self.approved_at is None else State.APPROVED

    def erased_from(self, edition: Edition) -> date | None:
        """The first day on which it may be carried out: until then anybody who may decide can still refuse."""
        if self.approved_at is None:
            return None
        return london_day(self.approved_at) + timedelta(days=edition.retention.objection_days + 1)

    def lapses_after(self, edition: Edition) -> date | None:
        """The last day on which it may be carried out."""
        first = self.erased_from(edition)
        return first and first + timedelta(days=edition.retention.carried_out_within_days - 1)

    def with_(self, **changes: object) -> "RetentionFile":
        return self.model_copy(update=changes)


class Around(Frozen):
    """What else there is to know of a record: the holds on it and on what belongs together with it, who lifted the
    last of each, until when somebody still needs some of its kind, and who worked on it.
    """

    held: tuple[HoldReason, ...] = ()
    lifted_by: tuple[str, ...] = ()
    needed_until: date | None = None
    worked_on_it: tuple[str, ...] = ()


ALONE: Final = Around()
