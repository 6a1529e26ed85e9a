"""What only somebody who sees beside the case can say of a fact, before the case records it."""

from policy.access.file import AccessFile
from policy.caller import Groups
from policy.facts import Entry, Role
from policy.facts.joining import CaseJoined, IncidentSeparated
from policy.facts.linking import CasesLinked
from policy.facts.proceedings import LegalActionStopped
from policy.facts.reviewing import CaseAllocated, CoverArranged
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import beside
from policy.refusals import CasesNotJoinable, IncidentNotSeparable, MatterNotOpen
from policy.refusals.access import ASupervisorSaysSo, ConnectedWithTheCase
from policy.rules import across
from policy.rules.giving import works_here
from store import access, cases, sign_ins, timeline
from store.sessions import Reading, Store
from workflows.case_door import CaseDoor, CaseNotRunning
from workflows.procedure_door import door_to


async def asked_of_both(store: Store, ref: str, entry: Entry) -> Entry:
    """The entry, with what the timeline knows of a separated incident. Raises Refused."""
    fact = entry.fact
    if not isinstance(fact, CaseJoined | CasesLinked | IncidentSeparated):
        return entry
    async with store.reading() as db:
        match fact:
            case CaseJoined():
                across.other_takes_it(await cases.file_of(db, fact.into), fact)
                await _open_to_the_same(db, ref, fact.into)
            case CasesLinked():
                across.other_can_be_linked(await cases.file_of(db, fact.other), fact)
            case IncidentSeparated():
                return await _as_reported(db, ref, entry, fact)
    return entry


async def may_be_given(store: Store, ref: str, entry: Entry, groups: Groups) -> None:
    """Nobody who has left or is connected with a case is given it, or covers for it; one that is restricted to
    people named is given by a supervisor. Raises Refused.
    """
    if not isinstance(entry.fact, CaseAllocated | CoverArranged):
        return
    async with store.reading() as db:
        known = await sign_ins.known(db, [entry.fact.officer])
        file = await access.file_of(db, ref)
    works_here(entry.fact.officer, [one.subject for one in known if one.has_left(groups)])
    if file is None:
        return
    if entry.fact.officer in file.conflicts:
        raise ConnectedWithTheCase(f"{entry.fact.officer} is down as connected with this case: choose another.")
    if file.restricted is not None and entry.by.role not in {Role.SUPERVISOR, Role.MANAGER}:
        raise ASupervisorSaysSo("This case is restricted: a supervisor says who works on it.")


async def _open_to_the_same(db: Reading, ref: str, into: str) -> None:
    """What is told on a joined case is told where it is part of another. Raises Refused."""
    one = await access.file_of(db, ref) or AccessFile(ref=ref, id="")
    other = await access.file_of(db, into) or AccessFile(ref=into, id="")
    if not one.open_to_the_same(other):
        raise CasesNotJoinable(
            "The two cases are not open to the same people. See to that first: who is admitted, who is connected."
        )


async def nothing_runs_it(door: CaseDoor, ref: str, entry: Entry) -> None:
    """Before it is recorded that nothing carries a legal action on any more. Raises Refused where something
    does.
    """
    if not isinstance(entry.fact, LegalActionStopped):
        return
    try:
        runs = await door_to(LEGAL_ACTION.name, door).running(beside(ref, entry.fact.matter))
    except CaseNotRunning:
        return
    if runs:
        raise MatterNotOpen(f"The legal action is running: end it there ({beside(ref, entry.fact.matter)}).")


async def _as_reported(db: Reading, ref: str, entry: Entry, fact: IncidentSeparated) -> Entry:
    said = await timeline.content_of(db, ref, fact.incident)
    if said is None or said["fact"] not in {"incident_reported", "report_joined"}:
        raise IncidentNotSeparable("This case has no such incident.")
    told = IncidentSeparated.model_validate(fact.model_dump() | {"reported_at": said["at"]})
    return entry.model_copy(update={"fact": told})
