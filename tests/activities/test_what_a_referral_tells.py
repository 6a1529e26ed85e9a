"""What an agency is told in a referral: enough to help, and no more."""

from typing import Any
from uuid import uuid4

import pytest

from policy.facts.consent import ConsentRefused, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.needs import DomesticAbuseRecognised, SafeContact
from policy.facts.people import Means, Person
from store import people
from store.people import PersonTold
from store.sessions import Store
from tests.activities.referred import WHY, referred
from tests.activities.refers import PERPETRATOR, MakeRefer, by_mail, kept, sent, to_a_system
from tests.gateways.mail_servers import Postbox, behaving
from tests.gateways.webhook_receiver import Agency, receiving
from tests.given import ROWAN, a_moment_ago, report
from tests.letters.printed_page import text_of
from tests.policy.happenings import identified


async def test_it_says_who_what_why_on_which_ground_and_how_to_answer(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    message = (await kept(store, order)).message
    assert message.pdf is not None
    for words in (
        "Dear colleague",
        "- Rowan Example, e-mail rowan@example.org",
        "- She is afraid to go out.",
        WHY,
        "They have agreed that we tell you this.",
        f"answer/{order.ref}.victim_support.",
        "the team",
        order.ref,
    ):
        assert words in message.body
        assert words.removeprefix("- ").replace(" ", "") in text_of(message.pdf)


async def test_it_tells_of_nobody_but_whom_it_is_about(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store, about=("perpetrator-1",))
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    message = (await kept(store, order)).message
    assert "Pat Sample, 3 Invented Row, Sevenoaks" in message.body
    for words in ("Rowan", "rowan@", "complain", "Told us so."):
        assert words not in message.body


async def test_where_both_sides_are_named_it_says_who_suffers_from_it_and_who_is_complained_about(
    refer: MakeRefer, store: Store
) -> None:
    order = await by_mail(store, about=("complainant", "perpetrator-1"), gateway=Gateway.CRIME_AND_DISORDER_ACT)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Example, who suffers from it, e-mail rowan@example.org" in body
    assert "- Pat Sample, who is complained about, 3 Invented Row, Sevenoaks" in body


async def test_whom_we_know_is_told_of_as_we_know_them_and_reached_only_as_they_asked(
    refer: MakeRefer, store: Store
) -> None:
    id_ = str(uuid4())
    now = a_moment_ago()
    known = PersonTold(name="Rowan Known", phone="01632 960001", safe_contact="Ring her sister on 01632 960002.")
    async with store.writing() as db:
        await people.add(db, id_, known, now.date())
    order = await referred(store, report(now), identified(now, "complainant", id_))
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Known. How to reach them: Ring her sister on 01632 960002." in body
    assert "960001" not in body
    assert "rowan@" not in body


async def test_no_way_of_reaching_them_that_is_not_safe_is_told(refer: MakeRefer, store: Store) -> None:
    now = a_moment_ago()
    told = ROWAN.model_copy(update={"phone": "01632 960001", "address": ("2 Invented Row",)})
    safe = SafeContact(means=(Means.PHONE,))
    abused = DomesticAbuseRecognised(at=now, safe_contact=safe, words="She said so.")
    order = await referred(store, report(now, complainant=told), abused)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Example, telephone 01632 960001. How to reach them: by telephone" in body
    assert "rowan@" not in body
    assert "2 Invented Row" not in body


async def test_whose_name_nobody_knows_is_told_of_so(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store, complainant=Person())
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    assert "- Somebody whose name we do not know" in (await kept(store, order)).message.body


@pytest.mark.parametrize(
    ("said", "ground"),
    [
        ({"gateway": Gateway.PROTOCOL, "under": "Kent protocol"}, "on sharing what we know: Kent protocol."),
        ({"gateway": Gateway.CRIME_AND_DISORDER_ACT, "under": "section 115"}, "Act 1998 lets us tell you this: s"),
        ({"gateway": Gateway.DATA_PROTECTION_LAW}, "Data protection law lets us tell you this."),
        (
            {"overridden": True, "under": "a child is at risk"},
            "although they have not agreed: a child is at risk.",
        ),
        (
            {"overridden": True, "lawful_reason": "life_at_risk"},
            "although they have not agreed. The reason: Somebody's life or safety is at serious risk.",
        ),
    ],
)
async def test_it_names_the_lawful_ground_and_no_consent_that_was_not_given(
    refer: MakeRefer, store: Store, said: dict[str, Any], ground: str
) -> None:
    order = await by_mail(store, **said)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert ground in body
    assert "have agreed that" not in body


TOLD_UNASKED = {"gateway": Gateway.CRIME_AND_DISORDER_ACT, "lawful_reason": "serious_crime"}


async def test_an_agency_reads_of_whoever_said_no_or_was_not_asked_so_that_it_takes_care(
    refer: MakeRefer, store: Store
) -> None:
    now = a_moment_ago()
    no = ConsentRefused(at=now, purpose=Purpose.REFERRAL, words="No.")
    about = ("complainant", "perpetrator-1")
    order = await referred(store, report(now, about=PERPETRATOR), no, about=about, **TOLD_UNASKED)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    said_no = "They said no to our telling you. Ask us before you speak to them of it."
    assert f"- Rowan Example, who suffers from it, e-mail rowan@example.org. {said_no}" in body
    unasked = "They may not know that we tell you. Ask us before you speak to them of it."
    assert f"Sevenoaks. {unasked}" in body
    assert "lets us tell you this. The reason: To prevent or detect a serious crime." in body


async def test_an_agency_s_own_system_is_told_to_take_care_and_of_consent_it_is_not(
    refer: MakeRefer, store: Store
) -> None:
    for said, takes_care in ((TOLD_UNASKED, True), ({}, False)):
        order, agency = await to_a_system(store, **said), Agency()
        async with receiving(agency) as system:
            await sent(refer(system=system), order)
        (person,) = agency.only()["data"]["people"]
        assert ("take_care" in person) is takes_care


async def test_what_was_said_of_how_to_reach_them_ends_as_a_sentence(refer: MakeRefer, store: Store) -> None:
    id_, now = str(uuid4()), a_moment_ago()
    async with store.writing() as db:
        await people.add(db, id_, PersonTold(name="Rowan Known", safe_contact="Ring her sister."), now.date())
    order = await referred(store, report(now), identified(now, "complainant", id_), **TOLD_UNASKED)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Known. How to reach them: Ring her sister. They may not know that we tell you." in body
