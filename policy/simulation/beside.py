"""What is carried on beside the case, and the news that the case has of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from policy.case_file import CaseFile
from policy.facts.base import Fact
from policy.legal_action import duties as legal
from policy.legal_action.beginning import opening
from policy.legal_action.procedure import LEGAL_ACTION
from policy.simulation.played import PlayedFile
from policy.simulation.thread import Thread


class Beside(Thread[Any, Any]):
    def settled(self, now: datetime) -> Iterator[Fact]:
        """What fell due is noticed, and what the case is to know is told."""
        self.notice(now)
        for duty in legal.duties(self.file):
            yield legal.as_news(duty, now)
            self.record_own(duty.key, legal.came_of(duty, True, now), now)

    def played(self, stopped_at: datetime) -> PlayedFile[Any, Any]:
        return PlayedFile(
            rulebook=self.rulebook,
            opening=self.opening,
            taken=tuple(self.taken),
            refused=tuple(self.refused),
            stopped_at=stopped_at,
        )


def opened(file: CaseFile, matter: str) -> Beside:
    """Before its first fact."""
    return Beside(LEGAL_ACTION, opening(file, matter))
