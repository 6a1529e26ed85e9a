"""What the file of a case and that of anything carried on beside it have in common."""

from typing import Self

from pydantic import AwareDatetime, Field

from policy.editions import EditionRef
from policy.frozen import Frozen
from policy.working_days import ClosureDays


class Clock(Frozen):
    """A deadline as it stands: due when, at that date since which fact (its `seq`), when its miss was noticed; of
    a matter at which `stage`.
    """

    due: AwareDatetime
    since: int
    noticed_at: AwareDatetime | None = None
    stage: str | None = None


class File(Frozen):
    """The fold of facts: codes and dates, none of anybody's words. `seq` counts them."""

    ref: str
    edition: EditionRef
    closure_days: ClosureDays
    seq: int = 0
    clocks: dict[str, Clock] = Field(default_factory=dict)

    @property
    def finished(self) -> bool:
        """Nothing is left to do."""
        raise NotImplementedError

    def with_(self, **changes: object) -> Self:
        return self.model_copy(update=changes)

    def has_the_same(self, other: Self, *fields: str) -> bool:
        """Whether nothing of these was touched between the two."""
        return all(getattr(self, name) is getattr(other, name) for name in fields)
