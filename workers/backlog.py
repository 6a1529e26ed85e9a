"""The office's own numbers for monitoring: what is late, waits or is in doubt. The relay's `/metrics` tells them;
several relays tell the same.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from store import backlog
from store.away import StoreAway, StoreRefused
from store.backlog import Number
from store.sessions import Store

ASKED_SECONDS: Final = 15.0
"""However often somebody looks, PostgreSQL is asked no more than once in this time."""


class _Told(NamedTuple):
    """How many there are, sorted by `label`; `oldest` names for how long the first has waited or been late."""

    name: str
    what: str
    label: str = ""
    oldest: str = ""


_BY_NAME: Final = {
    "late": _Told("deadlines_late", "Deadlines on cases that have passed and are still owed", "row"),
    "unnoticed": _Told(
        "deadlines_unnoticed", "Passed, and their case has not noticed", oldest="deadlines_unnoticed_oldest"
    ),
    "promises": _Told("promises_open", "Promises to somebody that are not kept yet"),
    "cases": _Told("cases_open", "Open cases", "seriousness"),
    "relay": _Told("relay_waiting", "Taken, and not in a timeline yet", "what", "relay_oldest"),
    "letters": _Told("letters_waiting", "Composed, and not gone", "state", "letters_oldest"),
    "in_doubt": _Told("sendings_in_doubt", "Nobody knows whether they went", "what"),
    "evidence": _Told("evidence_waiting", "Files that were sent to us and wait", "waits_for", "evidence_oldest"),
}
_REPORTS: Final = "reports"

log = structlog.get_logger()


@dataclass(eq=False)
class Backlog(Collector):
    store: Store
    _found: Sequence[Number] = ()
    _asked_at: datetime | None = None
    _fresh_until: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def told(self) -> bytes:
        """As Prometheus reads it. Nothing of it is told while the store is away, or before it was migrated."""
        async with self._lock:
            if time.monotonic() >= self._fresh_until:
                self._fresh_until = time.monotonic() + ASKED_SECONDS
                await self._ask()
            registry = CollectorRegistry()
            registry.register(self)
            return generate_latest(registry)

    async def _ask(self) -> None:
        now = datetime.now(UTC)
        self._found, self._asked_at = (), None
        try:
            async with self.store.reading() as db:
                self._found, self._asked_at = await backlog.numbers(db, now), now
        except (StoreAway, StoreRefused) as away:
            log.warning("store_away", why=str(away))

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if self._asked_at is None:
            return
        when = "When these numbers were had from the store"
        yield GaugeMetricFamily("casework_backlog_timestamp_seconds", when, self._asked_at.timestamp())
        for name, told in _BY_NAME.items():
            yield from self._of(told, [one for one in self._found if one.name == name], self._asked_at)
        last = "When the days were over of which the last that the clock had made of its kind tells"
        made = GaugeMetricFamily("casework_report_told_until_timestamp_seconds", last, labels=["kind"])
        for one in self._found:
            if one.name == _REPORTS and one.since is not None:
                made.add_metric([one.about], one.since.timestamp())
        yield made

    @staticmethod
    def _of(told: _Told, found: Sequence[Number], now: datetime) -> Iterator[GaugeMetricFamily]:
        labels = [told.label] if told.label else []
        number = GaugeMetricFamily(f"casework_{told.name}", told.what, labels=labels)
        oldest = GaugeMetricFamily(f"casework_{told.oldest}_seconds", f"{told.what}: the oldest", labels=labels)
        for one in found:
            sorted_by = [one.about] if told.label else []
            number.add_metric(sorted_by, one.number)
            oldest.add_metric(sorted_by, (now - one.since).total_seconds() if one.since else 0)
        yield number
        if told.oldest:
            yield oldest
