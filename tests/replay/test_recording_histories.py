"""Lives of invented cases. `make histories` keeps their histories for the release; the test that they
still run is the same code.
"""

from datetime import timedelta
from typing import Final

from policy.facts.assessing import Advice, AdviceGiven, SecondLookAnswered, SecondLookAsked
from policy.facts.closing import CaseClosed, Closing, ClosureApproved, ClosureProposed, Outcome
from policy.facts.consequences import ClosingDiscussed, PerpetratorNotTold
from policy.facts.contact import AppointmentOffered, PoliceAdvised
from policy.facts.joining import CaseJoined, CaseSeparated
from policy.facts.letters import LetterSent
from policy.facts.linking import CasesLinked, Tie
from policy.facts.people import Means
from policy.facts.reporting import Channel, HatePerceived, HatePerception, IncidentReported, Perceiver, Strand
from policy.facts.reviewing import CaseAllocated
from policy.facts.support import SupportDeclined, SupportOffered
from policy.facts.wishing import ContactDeclined, ContactWanted
from tests.given import BY_POST, SUPERVISOR, assessed, contact, entry
from tests.policy.happenings import effect, police_not_wanted, review
from tests.policy.random_safety import kept_safe
from tests.replay.keeping import kept
from tests.workflows.running import Cases


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


FACTS_AT_MOST: Final = 400


async def test_a_case_that_continues_as_new(cases_here: Cases) -> None:
    case = await cases_here.open()
    first = run = (await case.handle.describe()).run_id
    while run == first:
        seq = await case.record(contact(case.now))
        await case.until_recorded(seq)
        run = (await case.handle.describe()).run_id
        assert seq < FACTS_AT_MOST
    for _ in range(3):
        await case.until_recorded(await case.record(contact(case.now)))
    await kept(case, "continued-from", first)
    await kept(case, "continued")
