"""What all expectations of a story share."""

from abc import abstractmethod
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from cli.story_moments import length_in_words
from policy.simulation import Played
from policy.working_days import day_in_words, moment_in_words


class Expected(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def unmet(self, played: Played) -> str | None:
        """What is so instead, or None when it is as expected."""

    def in_words(self) -> str:
        """As the story has it, on one line."""
        said = self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
        return ", ".join(f"{name} {_in_words(value)}" for name, value in said.items())


def _in_words(value: object) -> str:
    match value:
        case datetime():
            return moment_in_words(value)
        case date():
            return day_in_words(value)
        case timedelta():
            return length_in_words(value)
        case tuple():
            return " and ".join(map(_in_words, value))
        case _:
            return str(value)
