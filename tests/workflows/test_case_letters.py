"""A case and its letters: sent once, held up, in doubt, refused, to be posted."""

import asyncio
from datetime import timedelta

from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from policy.facts.closing import ClosureProposed, Outcome
from policy.facts.letters import LetterSent
from policy.facts.people import Means, Person
from tests.given import BY_POST, assessed, contact, entry
from tests.workflows.running import Cases


async def test_a_letter_to_post_waits_for_somebody_to_post_it(cases_here: Cases) -> None:
    case = await cases_here.open("violence", BY_POST)
    await case.until_recorded(2)
    assert "letter:acknowledgement" in {d.key for d in (await case.standing()).deadlines}
    await case.record(LetterSent(at=case.now, key="acknowledgement", means=Means.POST))
    assert not (await case.standing()).letters_waiting


async def test_mail_that_is_away_is_tried_until_it_is_back(cases_here: Cases) -> None:
    cases_here.mail.failing += [DeliveryUnavailable("away"), DeliveryUnavailable("away")]
    case = await cases_here.open()
    await case.until(case.now + timedelta(minutes=10))
    lines = await case.until_recorded(2)
    assert lines[1].fact == "letter_sent"
    assert len(cases_here.mail.sent) == 1


async def test_a_closing_letter_that_waits_for_the_mail_server_is_taken_back_when_it_goes_on(
    cases_here: Cases,
) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    cases_here.mail.failing += [DeliveryUnavailable("away")] * 30
    await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    async with asyncio.timeout(60):
        while len(cases_here.mail.failing) == 30:
            await asyncio.sleep(0.02)
    await case.door.incident(case.ref, entry(case.again()))
    await case.until_recorded(6)
    await case.until(case.now + timedelta(minutes=10))
    assert len(cases_here.mail.sent) == 1
    assert (await case.facts())[-1] == "incident_reported"
    assert cases_here.mail.failing, "the letter would have gone on being tried"
    assert await case.under_way() == []


async def test_mail_that_stays_away_is_somebody_s_to_find_out_about_and_goes_when_it_is_back(
    cases_here: Cases,
) -> None:
    cases_here.mail.failing += [DeliveryUnavailable("away")] * 30
    case = await cases_here.open()
    await case.until(case.now + timedelta(minutes=58))
    lines = await case.until_recorded(2)
    assert lines[1].fact == "letter_held_up"
    assert "letter:acknowledgement" in {d.key for d in (await case.standing()).deadlines}
    await case.until(case.now + timedelta(hours=1))
    assert "letter_sent" in await case.facts()
    assert not (await case.standing()).letters_waiting
    assert len(cases_here.mail.sent) == 1


async def test_a_letter_in_doubt_is_never_sent_again_by_itself(cases_here: Cases) -> None:
    cases_here.mail.failing.append(DeliveryInDoubt("lost"))
    case = await cases_here.open()
    lines = await case.until_recorded(2)
    assert lines[1].fact == "letter_in_doubt"
    assert cases_here.mail.sent == []
    [owed] = [d for d in (await case.standing()).deadlines if d.key == "letter:acknowledgement"]
    assert "Find out" in owed.owed
    await case.record(LetterSent(at=case.now, key="acknowledgement", means=Means.EMAIL))
    assert not (await case.standing()).letters_waiting


async def test_a_refused_address_goes_by_post(cases_here: Cases) -> None:
    cases_here.mail.failing.append(DeliveryRefused("550"))
    both = Person(name="Ashley", email="gone@example.org", address=("2 Invented Row",), prefers=Means.EMAIL)
    case = await cases_here.open(complainant=both)
    await case.until_recorded(3)
    assert await case.facts() == ["report_received", "letter_refused", "letter_ready_to_post"]
