"""What all expectations of a story share."""

from abc import abstractmethod

from pydantic import BaseModel, ConfigDict

from cli.story.moments import spoken
from policy.simulation import Played


class Expected(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def unmet(self, played: Played) -> str | None:
        """What is so instead, or None when it is as expected."""

    def in_words(self) -> str:
        """As the story has it, on one line."""
        said = self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
        return ", ".join(f"{name} {spoken(value)}" for name, value in said.items())
