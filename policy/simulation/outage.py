"""A time in which the system is away."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, model_validator

from policy.facts import Recorded
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.frozen import Frozen


class Outage(Frozen):
    """Nothing carries the case on from `since` until just before `until`."""

    since: AwareDatetime
    until: AwareDatetime

    @model_validator(mode="after")
    def _ends(self) -> "Outage":
        if self.until <= self.since:
            raise ValueError("an outage ends after it began")
        return self

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


def told_in_an_outage(entry: Recorded[Any]) -> bool:
    """Whether this can be told while the case cannot answer. Everything else waits for the case's yes or no."""
    return isinstance(entry.fact, ReportReceived | IncidentReported)
