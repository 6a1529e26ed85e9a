"""What a restore of the records has brought back although it was erased."""

from gateways.evidence_files import EvidenceFiles, EvidenceStoreAway
from policy.retention.stopping import called_together
from store import keeping, retention
from store.sessions import Store


async def came_back(store: Store, files: EvidenceFiles) -> list[str]:
    """Each in words, for a person to see to."""
    try:
        noted = await files.erased()
    except EvidenceStoreAway:
        return ["storage did not answer, so nobody knows whether what was erased is in the records again"]
    async with store.reading() as db:
        not_erased = sorted(noted - await retention.erased_of(db, noted))
        again = [
            ref
            for ref in not_erased
            if ":" not in ref or await keeping.is_kept_from_before(db, *called_together(ref))
        ]
    return [f"{ref}: it was erased, and is in the records again: see that it is erased again" for ref in again]
