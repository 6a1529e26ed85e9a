"""By what rules one kind of file is carried on: a case's, a legal action's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from policy.deadlines.base import Deadline
from policy.editions import Edition, of
from policy.facts.base import SYSTEM, Fact, Recorded
from policy.file import File

F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])


@dataclass(frozen=True)
class Rulebook(Generic[F, E]):
    """`name` begins the ids of workflows. What is judged is judged by the edition that the file carries."""

    name: str
    file: type[F]
    entry: type[E]
    facts: Mapping[str, type[Fact]]
    checked: Callable[[F, E, Edition], None]
    folded: Callable[[F, E, Edition], F]
    owed: Callable[[F, Edition], list[Deadline]]
    folded_and_owed: Callable[[F, E, Edition], tuple[F, list[Deadline]]] | None = None
    """Both of the above at once, where that is less work."""

    def check(self, file: F, entry: E) -> None:
        """Raises Refused."""
        self.checked(file, entry, of(file.edition))

    def after(self, file: F, entry: E) -> F:
        return self.folded(file, entry, of(file.edition))

    def after_and_owed(self, file: F, entry: E) -> tuple[F, list[Deadline]]:
        if self.folded_and_owed is not None:
            return self.folded_and_owed(file, entry, of(file.edition))
        file = self.after(file, entry)
        return file, self.deadlines(file)

    def deadlines(self, file: F) -> list[Deadline]:
        return self.owed(file, of(file.edition))

    def own(self, id_: str, fact: Fact, now: datetime) -> E:
        """The entry of a fact that the system records itself."""
        return self.entry.model_validate({"id": id_, "by": SYSTEM, "recorded_at": now, "fact": fact})
