"""That the same bytes were sent before is told to those who may see them there, and of their own to those who sent
them.
"""

import os
from collections.abc import AsyncIterator
from uuid import uuid4

from api.evidence_taken import Upload, take_in
from policy.facts.base import Actor, Role
from tests.api.product import Caller, Product
from tests.api.sent_files import new_case, send, taken
from tests.api.test_api_access import restricted
from tests.evidence_samples import photo


async def test_on_a_case_that_is_shut_to_them_nobody_is_told_what_others_sent(door: Product) -> None:
    ref, content = await new_case(door), photo() + os.urandom(16)
    first = await taken(door.officer, ref, content)
    await restricted(door, ref, "supervisor-1")
    outside = door.as_("officer", "officer-9")
    theirs = await taken(outside, ref, content)
    assert (theirs["id"] != first["id"], theirs["kept_before"]) == (True, False)

    async def again(who: Caller) -> tuple[int, str]:
        answer = await send(who, f"/api/cases/{ref}/evidence", content)
        return answer.status_code, answer.json()["id"]

    assert await again(outside) == (200, theirs["id"])
    assert await again(door.supervisor) == (200, first["id"])


async def test_what_somebody_sends_by_their_link_is_theirs_whoever_else_sent_it(door: Product) -> None:
    ref, content = await new_case(door), photo() + os.urandom(16)
    first = await taken(door.officer, ref, content)

    async def piece() -> AsyncIterator[bytes]:
        yield content

    async def by_link() -> str:
        resident = Actor(id="link:1", role=Role.RESIDENT)
        upload = Upload(key=str(uuid4()), by=resident, pieces=piece(), case_ref=ref)
        return (await take_in(door.resources, upload)).file.id

    theirs = await by_link()
    assert theirs != first["id"]
    assert await by_link() == theirs
