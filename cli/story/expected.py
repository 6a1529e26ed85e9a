"""What all expectations of a story share."""

from abc import abstractmethod
from typing import Any

from pydantic import BaseModel, ConfigDict

from cli.story.moments import spoken
from policy.deadlines import without_number
from policy.simulation import Played, PlayedFile


class Expected(BaseModel):
    """Of the case, or of what is carried on `beside` it: the first of its kind, or the one with that key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    beside: str | None = None

    def unmet(self, played: Played) -> str | None:
        """What is so instead, or None when it is as expected."""
        if self.beside is None:
            return self.otherwise(played)
        found = [each for key, each in played.beside.items() if self.beside in {key, without_number(key)}]
        return self.otherwise(found[0]) if found else f"there is no {self.beside} beside the case"

    @abstractmethod
    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        """The same of this one."""

    def in_words(self) -> str:
        """As the story has it, on one line."""
        said = self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
        return ", ".join(f"{name} {spoken(value)}" for name, value in said.items())
