"""What leaves through the API is entered in the register of disclosures first, or does not leave.

Whoever signs in at our own provider is one of us, a solicitor too: what they read, page by page, as a letter's PDF
or as evidence that was sent to us, is a look (`store/lookings.py`), and that a solicitor was told is entered as
`solicitor_instructed`. What is made to be taken elsewhere, such as a pack and the stripped copy of a picture, an
answer to lettings and what an agency sees by its link leave us; a letter leaves by its own fact.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from api.resources import Resources
from policy.facts.base import Actor
from store import disclosures
from store.disclosures import Disclosed

EXPORTED: Final = "timeline_exported"
RECORD_EXPORTED: Final = "record_exported"
PACK_TAKEN: Final = "pack_taken"
LINK_USED: Final = "link_used"
EVIDENCE_COPIED: Final = "evidence_copied"

TAKERS: Final = ("court", "ombudsman", "solicitor", "mediator", "insurer")
"""Who takes a copy of evidence and is no agency or partner of the edition, nor on the case."""


async def entered(needs: Resources, line: Disclosed) -> None:
    """Raises StoreAway and StoreRefused."""
    async with needs.everything.writing() as db:
        await disclosures.enter(db, [line])


def leaving(
    what: str,
    ref: str | None,
    by: Actor,
    *,
    told: Collection[str],
    about: tuple[str, ...] | None,
    lawful_reason: str | None = None,
    id_: str | None = None,
) -> Disclosed:
    """As it is entered: now. `ref` and `about` as in the register."""
    now = datetime.now(UTC)
    return Disclosed(
        id=id_ or str(uuid4()),
        case_ref=ref,
        seq=None,
        what=what,
        at=now,
        entered_at=now,
        told=tuple(told),
        about=about,
        gateway=None,
        lawful_reason=lawful_reason,
        by_id=by.id,
    )
