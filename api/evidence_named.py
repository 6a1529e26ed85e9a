"""The files that a fact names are there, and are nobody else's."""

from http import HTTPStatus
from uuid import UUID

from api.problems import problem
from api.resources import Resources
from policy.facts import Entry
from policy.facts.evidence import EvidenceReceived
from store import evidence_files
from store.evidence_files import FileState


async def files_are_free(needs: Resources, ref: str, entry: Entry) -> None:
    """Raises 422 for a file that the caller cannot see or that is another case's, 409 for one that was named."""
    if not isinstance(entry.fact, EvidenceReceived) or not entry.fact.files:
        return
    async with needs.store.reading() as db:
        known = await evidence_files.by_ids(db, [one for one in entry.fact.files if _is_id(one)])
    there = {id_: file for id_, file in known.items() if file.case_ref in {None, ref}}
    gone = [id_ for id_, file in there.items() if file.state is FileState.ERASED]
    if missing := [id_ for id_ in entry.fact.files if id_ not in there or id_ in gone]:
        detail = f"There is no such file for this case: {', '.join(missing)}. Take it in first."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "file-not-known", detail)
    if named := [f"{id_} ({file.matter})" for id_, file in there.items() if file.matter is not None]:
        detail = f"This was put on the case already: {', '.join(named)}."
        raise problem(HTTPStatus.CONFLICT, "file-named-already", detail)


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
