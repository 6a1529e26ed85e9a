"""What only somebody who sees both cases can say of a fact that concerns another, before either records it."""

from policy.facts import Entry
from policy.facts.joining import CaseJoined, IncidentSeparated
from policy.facts.linking import CasesLinked
from policy.refusals import IncidentNotSeparable
from policy.rules import across
from store import cases, timeline
from store.sessions import Reading, Store


async def asked_of_both(store: Store, ref: str, entry: Entry) -> Entry:
    """The entry, with what the timeline knows of a separated incident. Raises Refused."""
    fact = entry.fact
    if not isinstance(fact, CaseJoined | CasesLinked | IncidentSeparated):
        return entry
    async with store.reading() as db:
        match fact:
            case CaseJoined():
                across.other_takes_it(await cases.file_of(db, fact.into), fact)
            case CasesLinked():
                across.other_can_be_linked(await cases.file_of(db, fact.other), fact)
            case IncidentSeparated():
                return await _as_reported(db, ref, entry, fact)
    return entry


async def _as_reported(db: Reading, ref: str, entry: Entry, fact: IncidentSeparated) -> Entry:
    said = await timeline.content_of(db, ref, fact.incident)
    if said is None or said["fact"] not in {"incident_reported", "report_joined"}:
        raise IncidentNotSeparable("This case has no such incident.")
    told = IncidentSeparated.model_validate(fact.model_dump() | {"reported_at": said["at"]})
    return entry.model_copy(update={"fact": told})
