"""Lives of invented cases. `make histories` keeps their histories for the release; the test that they
still run is the same code.
"""

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle

from policy.facts.assessing import Advice, AdviceGiven, SecondLookAnswered, SecondLookAsked
from policy.facts.closing import CaseClosed, Closing, ClosureApproved, ClosureProposed, Outcome
from policy.facts.consequences import ClosingDiscussed, PerpetratorNotTold
from policy.facts.contact import AppointmentOffered, PoliceAdvised
from policy.facts.joining import CaseJoined, CaseSeparated
from policy.facts.letters import LetterSent
from policy.facts.linking import CasesLinked, Tie
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.proceedings import LegalActionProposed
from policy.facts.reporting import Channel, HatePerceived, HatePerception, IncidentReported, Perceiver, Strand
from policy.facts.reviewing import CaseAllocated
from policy.facts.support import SupportDeclined, SupportOffered
from policy.facts.wishing import ContactDeclined, ContactWanted
from policy.frozen import Frozen
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import (
    CourtAdjourned,
    CourtDecided,
    CourtListed,
    CourtOutcome,
    Ended,
    LegalActionEnded,
    LegalEntry,
    Order,
    PapersIssued,
    SolicitorAnswered,
    SolicitorInstructed,
    TeamReviewed,
    View,
)
from policy.legal_action.procedure import LEGAL_ACTION
from policy.tenure import Tenure
from policy.working_days import london_day
from tests.given import BY_POST, SUPERVISOR, assessed, contact, entry
from tests.policy.happenings import effect, police_not_wanted, review, taken_on
from tests.policy.random_safety import kept_safe
from tests.replay.replaying import replayed
from tests.workflows.running import Case, Cases
from workflows.beside import id_of
from workflows.case_kind import workflow_id
from workflows.procedure_door import door_to

WORKER = re.compile(r"\d+@[\w.-]+")
"""How a worker signs: its process and machine, which are nobody's business later."""

KEEP = "CASEWORK_KEEP_HISTORIES"
"""A folder in which the histories are kept."""


async def kept(case: Case, name: str, run_id: str | None = None) -> None:
    """The history replays as it is, and is kept with the standing it led to where that is asked for."""
    await case.events_when_idle()  # a letter on its way would change the standing between the two
    standing = await replayed_and_kept(case, name, workflow_id(case.ref), run_id)
    if run_id is None:
        assert standing == await case.standing()


async def replayed_and_kept(case: Case, name: str, id_: str, run_id: str | None = None) -> Frozen:
    handle: WorkflowHandle[Any, Any] = case.door.client.get_workflow_handle(id_, run_id=run_id)
    history = await handle.fetch_history()
    standing = await replayed(history)
    folder = os.environ.get(KEEP)
    if folder is None:
        return standing
    path = Path(folder) / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {"workflow_id": history.workflow_id, "history": json.loads(history.to_json())}
    path.write_text(WORKER.sub("worker", json.dumps(stored)) + "\n")
    path.with_suffix(".standing.json").write_text(standing.model_dump_json(indent=1) + "\n")
    return standing


async def test_an_ordinary_case_from_report_to_closing(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(CaseAllocated(at=case.now, officer="officer-1"))
    await case.record(contact(case.now, every=5))
    await case.record(assessed(case.now))
    due = min(d.due for d in (await case.standing()).deadlines)
    await case.until(due)
    await case.record(contact(case.now))
    await case.record(review(case.now), SUPERVISOR)
    seq = await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    await case.until_recorded(seq + 1)
    await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Stopped."))
    await case.until(case.now + timedelta(days=60))
    await case.handle.result()
    await kept(case, "ordinary")


async def test_a_hate_case_with_late_deadlines_and_an_incident_while_closing(cases_here: Cases) -> None:
    case = await cases_here.open(complainant=BY_POST)
    await case.until_recorded(2)
    await case.record(LetterSent(at=case.now, key="acknowledgement", means=Means.POST))
    await case.record(contact(case.now))
    hate = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)
    await case.record(HatePerceived(at=case.now, hate=hate, words="A neighbour heard it."))
    await case.until(max(d.due for d in (await case.standing()).deadlines))
    await case.record(PoliceAdvised(at=case.now, means=Means.PHONE, words="101 given."))
    await case.record(
        AppointmentOffered(at=case.now, means=Means.PHONE, appointment_at=case.now, words="Offered.")
    )
    await case.record(assessed(case.now, serious=True, category="hate"))
    for fact in kept_safe(case.now):
        await case.record(fact)
    offered = await case.record(SupportOffered(at=case.now, provider="hate_crime_support", words="Offered."))
    await case.record(SupportDeclined(at=case.now, matter=f"support-{offered}", words="Not now."))
    await case.record(review(case.now), SUPERVISOR)
    await case.record(PerpetratorNotTold(at=case.now, reasons="Not known yet."))
    await case.record(ClosingDiscussed(at=case.now, agrees=True, words="Fine."))
    await case.record(police_not_wanted(case.now))
    await case.record(effect(case.now))
    await case.record(ClosureProposed(at=case.now, outcome=Outcome.ENFORCED, explanation="A warning was given."))
    await case.door.incident(
        case.ref, entry(IncidentReported(at=case.now, channel=Channel.PHONE, words="Again."), recorded_at=case.now)
    )
    await case.record(ClosingDiscussed(at=case.now, agrees=None, words="Unsure."))
    await case.record(ContactDeclined(at=case.now, words="No more letters."))
    await case.record(ContactWanted(at=case.now, words="Write to me after all."))
    await case.record(ClosureProposed(at=case.now, outcome=Outcome.ENFORCED, explanation="A second warning."))
    seq = await case.record(ClosureApproved(at=case.now, words="Agreed."), SUPERVISOR)
    await case.until_recorded(seq + 1)
    await kept(case, "hate")


async def test_advice_and_a_second_look(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(assessed(case.now))
    await case.record(AdviceGiven(at=case.now, advice=Advice.SPEAK_FIRST, reasons="A word may be enough."))
    await case.record(SecondLookAsked(at=case.now, words="Please look again."))
    seq = await case.record(SecondLookAnswered(at=case.now, upheld=True, reasons="We agree."), SUPERVISOR)
    await case.until_recorded(seq + 1)
    await kept(case, "second-look")


async def test_a_case_that_joins_another_and_stands_again(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    due = min(d.due for d in (await case.standing()).deadlines)
    await case.record(CasesLinked(at=case.now, other="CW-2026-000009", tie=Tie.SAME_PLACE))
    await case.record(CaseJoined(at=case.now, into="CW-2026-000009", reasons="The same music."))
    await case.until(due)
    seq = await case.record(CaseSeparated(at=case.now, reasons="Another flat."))
    await case.until_recorded(seq + 1)
    await kept(case, "joined")


async def test_a_case_that_continues_as_new(cases_here: Cases) -> None:
    case = await cases_here.open()
    first = (await case.handle.describe()).run_id
    for _ in range(120):
        seq = await case.record(contact(case.now))
        await case.until_recorded(seq)
    run = (await case.handle.describe()).run_id
    assert run != first
    await kept(case, "continued-from", first)
    await kept(case, "continued")


async def test_a_case_with_a_legal_action_beside_it(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(taken_on(case.now, "perpetrator-1", Part.PERPETRATOR))
    await case.record(effect(case.now))
    action = await begun(case)
    door = door_to(LEGAL_ACTION.name, case.door)
    steps = (
        TeamReviewed(at=case.now, goes_on=True, words="Handled well."),
        SolicitorInstructed(at=case.now, words="The whole file."),
        SolicitorAnswered(at=case.now, view=View.ENOUGH, words="Go on."),
        PapersIssued(at=case.now, court="A county court", words="Issued."),
        CourtListed(at=case.now, on=london_day(case.now) + timedelta(days=30)),
        CourtAdjourned(at=case.now, words="No judge."),
        CourtDecided(at=case.now, outcome=CourtOutcome.GRANTED, order=Order(), words="As asked."),
        LegalActionEnded(at=case.now, how=Ended.DISCHARGED, reasons="He moved away."),
    )
    for number, fact in enumerate(steps):
        told = LegalEntry(id=f"{action}-{number}", by=SUPERVISOR, recorded_at=fact.at, fact=fact)
        await door.record(action, told)
    file = await case.door.client.get_workflow_handle(id_of(LEGAL_ACTION, action), result_type=LegalFile).result()
    assert file.finished
    assert await replayed_and_kept(case, "legal-action", id_of(LEGAL_ACTION, action)) == file
    heard = [one for one in await case.facts() if one in {"legal_action_finished", "legal_action_told"}]
    assert heard == ["legal_action_told", "legal_action_finished"]
    await kept(case, "with-a-legal-action")


async def begun(case: Case) -> str:
    """The reference of a legal action that has begun."""
    proposed = LegalActionProposed(
        at=case.now, remedy="injunction", tenure=Tenure.ASSURED, very_serious="A knife.", reasons="Nobody is safe."
    )
    seq = await case.record(proposed)
    await case.until_recorded(seq + 1)
    return f"{case.ref}-{seq}"
