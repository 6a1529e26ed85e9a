"""What a story expects the night's check to find, and not to find."""

from datetime import date
from typing import Any, Literal

from cli.story.expected import Expected
from policy.facts.auditing import PatternFound, PatternName
from policy.simulation import PlayedFile
from policy.working_days import day_in_words, london_day


class FoundExpected(Expected):
    """A pattern of failure that the night's check found, on that day."""

    found: PatternName
    on: date | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        nights = [night for name, night in _findings(played) if name is self.found]
        if self.on in nights or (nights and self.on is None):
            return None
        return f"{self.found} was found: {', '.join(map(day_in_words, nights)) or 'never'}"


class OnlyFoundExpected(Expected):
    """All the patterns that the night's check found; `nothing` for none."""

    only_found: Literal["nothing"] | tuple[PatternName, ...]

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        allowed = () if self.only_found == "nothing" else self.only_found
        others = [f"{name} on {day_in_words(night)}" for name, night in _findings(played) if name not in allowed]
        missing = [f"{name} never" for name in allowed if name not in {found for found, _ in _findings(played)}]
        return f"found: {', '.join((*others, *missing))}" if others or missing else None


def _findings(played: PlayedFile[Any, Any]) -> list[tuple[PatternName, date]]:
    facts = [entry.fact for entry in played.entries]
    return [(fact.pattern, london_day(fact.at)) for fact in facts if isinstance(fact, PatternFound)]
