"""Cases that live while faults strike: each has a report, facts, a file, a letter and a deadline that passes."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import uuid4

import httpx2

from tests.evidence_samples import photo
from tests.faults.load import Load

WITHIN: Final = timedelta(hours=2)
"""Of `safety.danger_hours` of the edition."""
CONTACT: Final = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
IN_DANGER: Final = {
    "fact": "safety_considered",
    "measures": ["stay_elsewhere"],
    "in_danger": True,
    "words": "Not tonight.",
}
SOMEWHERE_TO_STAY: Final = {"fact": "emergency_accommodation_needed", "words": "Rang the council."}
LATE: Final = "late"
RECORDED_LATE: Final = "recorded_late"


@dataclass
class Lives:
    """`due` is when the deadline of each case passes, `endings` how it must end, as it is kept after that; `files`
    are those that were acknowledged.
    """

    load: Load
    chance: Random
    pause: float
    due: dict[str, datetime] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    ending: bool = False
    standing: str = ""

    async def run(self, at_once: int) -> None:
        """One case after the other, so many side by side, until it is `ending`; those that began are lived out."""
        async with self.client() as http, asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(self._one_after_the_other(http))

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.load.api, timeout=10, headers=self.load.by("officer-1"))

    async def is_told_something(self) -> None:
        """A case of its own, which lives as long as we look."""
        async with self.client() as http:
            self.standing = self.standing or await self.begun(http)
            await self.load.post(http, f"/api/cases/{self.standing}/facts", CONTACT, self.standing)

    async def _one_after_the_other(self, http: httpx2.AsyncClient) -> None:
        while not self.ending:
            await self._life(http)
            await asyncio.sleep(self.chance.uniform(0, self.pause))

    async def begun(self, http: httpx2.AsyncClient, at: datetime | None = None) -> str:
        report = {
            "at": (at or datetime.now(UTC)).isoformat(),
            "channel": "phone",
            "words": "Shouting on the stairs.",
            "category": "noise",
            "complainant": {"name": "Rowan Example", "email": f"{uuid4()}@example.org", "prefers": "email"},
        }
        told = await self.load.post(http, "/api/reports", report)
        return str(told["ref"])

    async def _life(self, http: httpx2.AsyncClient) -> None:
        """Somebody not safe at home since nearly two hours: what is owed within two falls due while we look."""
        in_danger_since = datetime.now(UTC) - WITHIN + timedelta(seconds=self.chance.uniform(4, 9))
        ref = await self.begun(http, in_danger_since - timedelta(hours=1))
        base = f"/api/cases/{ref}"
        await self.load.post(http, f"{base}/facts", IN_DANGER | {"at": in_danger_since.isoformat()}, ref)
        self.due[ref] = in_danger_since + WITHIN
        await self.load.post(http, f"{base}/incidents", {"channel": "phone", "words": "Again."}, ref)
        await self.load.post(http, f"{base}/facts", CONTACT, ref)
        await self._sends_a_file(http, ref)
        await asyncio.sleep(max(0.0, (self.due[ref] - datetime.now(UTC)).total_seconds()) + 0.1)
        await self._keeps_it_late(http, ref)

    async def _sends_a_file(self, http: httpx2.AsyncClient, ref: str) -> None:
        path = f"/api/cases/{ref}/evidence"
        file = photo(size=(self.chance.randint(20, 200), self.chance.randint(20, 200)))
        id_ = (await self.load.send(http, path, str(uuid4()), content=file))["id"]
        self.files[id_] = ref

    async def _keeps_it_late(self, http: httpx2.AsyncClient, ref: str) -> None:
        """Done in time and written down late, or done late."""
        in_time = self.chance.random() < 0.5
        self.endings[ref] = RECORDED_LATE if in_time else LATE
        at = self.due[ref] - timedelta(seconds=1) if in_time else datetime.now(UTC)
        await self.load.post(http, f"/api/cases/{ref}/facts", SOMEWHERE_TO_STAY | {"at": at.isoformat()}, ref)
