"""Sending files, and looking at what became of them."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2

from gateways.evidence_files import opened
from policy.permissions import Relation
from tests.api.product import Caller, Product
from tests.api.test_api_permissions import case_of
from workers.evidence import Caretaker

_numbers = count(1)


async def new_case(door: Product) -> str:
    """Of the officer, with nothing that runs it."""
    return await case_of(door.records, "officer-1", Relation.MINE, f"CW-2021-{next(_numbers):06d}")


async def send(
    who: Caller, path: str, content: Any, *, key: str | None = None, name: str | None = None, **headers: str
) -> httpx2.Response:
    said = who.headers() | {"Idempotency-Key": key or str(uuid4())} | headers
    if name is not None:
        said["File-Name"] = quote(name)
    return await who.http.post(path, content=content, headers=said)


async def taken(who: Caller, ref: str, content: bytes | AsyncIterator[bytes], **more: Any) -> dict[str, Any]:
    answer = await send(who, f"/api/cases/{ref}/evidence", content, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(who: Caller, ref: str) -> list[dict[str, Any]]:
    return (await who.get(f"/api/cases/{ref}/evidence")).json()["files"]


def folder(door: Product) -> Path:
    return Path(door.settings.evidence_url.removeprefix("file://"))


def in_storage(door: Product) -> set[str]:
    return {path.relative_to(folder(door)).as_posix() for path in folder(door).rglob("*") if path.is_file()}


async def looked_after(door: Product) -> None:
    files = opened(door.settings.evidence_url)
    while await Caretaker(door.records, files, None, 0.1).look():
        pass
