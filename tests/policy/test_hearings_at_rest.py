"""witness-care: a court may hear us about an order after its case has closed or joined another."""

from datetime import date, datetime

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.hearings import When, WitnessSupported
from policy.facts.parts import Leaving, Part, PersonLeft
from policy.facts.proceedings import CourtDay, LegalStage
from policy.facts.publicity import PublicityDeclined
from policy.facts.wishing import ContactDeclined
from policy.refusals import CaseIsClosed, CaseIsJoined
from policy.refusals.safety import HearingNotYet
from policy.rules import refusal_now
from tests.given import EDITION, assessed, london
from tests.policy import happenings as h
from tests.policy.legal_action.acting import DAY
from tests.policy.test_corrected_lines import SOMEBODY
from tests.policy.test_legal_action_on_a_case import IN_FORCE, KEY, OVER, heard, owed, under_way
from tests.policy.test_what_a_legal_action_knows import supported
from tests.policy.warned import MONDAY

THEN = MONDAY + 2 * DAY
ON = date(2023, 7, 20)
HEARD = london(2023, 7, 20, 12)
CLOSED: tuple[CaseFact, ...] = (assessed(THEN), h.closed(THEN, Closing.DEALT_WITH))
JOINED: tuple[CaseFact, ...] = (h.joined(THEN),)
LISTED = IN_FORCE.model_copy(
    update={"at": THEN + DAY, "stage": LegalStage.BREACH_IN_COURT, "hearing": CourtDay(on=ON)}
)
HELD = IN_FORCE.model_copy(update={"at": HEARD, "hearing": CourtDay(on=ON, heard_at=HEARD)})
EXPIRED = OVER.model_copy(update={"at": HEARD + DAY, "hearing": HELD.hearing})
at_rest = pytest.mark.parametrize("rest", [CLOSED, JOINED], ids=["closed", "joined"])


def resting(rest: tuple[CaseFact, ...], *news: CaseFact) -> CaseFile:
    return heard(h.recorded(under_way(IN_FORCE), *rest), *news)


def hearings_owed(file: CaseFile) -> set[str]:
    return {key for key in owed(file) if key.startswith("hearing")}


def support(when: When, at: datetime) -> WitnessSupported:
    return supported(when, at, KEY)


@at_rest
def test_whoever_suffers_from_it_is_prepared_accompanied_and_supported_all_the_same(
    rest: tuple[CaseFact, ...],
) -> None:
    file = resting(rest, LISTED)
    assert file.at_rest
    assert hearings_owed(file) == {f"hearing-{when}:{KEY}:complainant" for when in (When.BEFORE, When.DURING)}
    prepared = h.recorded(file, support(When.BEFORE, THEN + 2 * DAY))
    with pytest.raises(HearingNotYet):
        h.recorded(prepared, support(When.DURING, THEN + 2 * DAY))
    held = heard(h.recorded(prepared, support(When.DURING, HEARD)), HELD)
    assert hearings_owed(held) == {f"hearing-after:{KEY}:complainant"}
    assert not hearings_owed(h.recorded(held, support(When.AFTER, HEARD + DAY)))


def test_a_closed_case_is_at_its_end_when_they_were_supported_after_the_last_hearing() -> None:
    no_publicity = PublicityDeclined(at=HEARD, matter="publicity-5", reasons="He is ill.")
    over = h.recorded(resting(CLOSED, LISTED, HELD), no_publicity)
    over = heard(over, EXPIRED).with_(letters={})
    assert (over.legal, over.matters, over.finished) == ({}, {}, False)
    assert h.recorded(over, support(When.AFTER, HEARD + DAY)).finished
    left_alone = h.recorded(over, ContactDeclined(at=HEARD + DAY, words="No more.")).with_(letters={})
    assert (hearings_owed(left_alone), left_alone.finished) == (set(), True)


WITNESS = h.taken_on(THEN, "witness-2", Part.WITNESS)
LEFT = tuple(why for why in Leaving if why is not Leaving.NOT_FOUND)


def owed_to(file: CaseFile, who: str) -> set[str]:
    return {key for key in hearings_owed(file) if key.endswith(f":{who}")}


@at_rest
@pytest.mark.parametrize("why", LEFT, ids=str)
def test_a_witness_may_withdraw_from_a_hearing_ahead_and_from_the_support_after_it(
    rest: tuple[CaseFact, ...], why: Leaving
) -> None:
    ahead = resting((WITNESS, *rest), LISTED)
    for file in (ahead, heard(ahead, HELD)):
        assert refusal_now(file, PersonLeft, EDITION) is None
        assert owed_to(file, "witness-2")
        gone = h.recorded(file, h.left(HEARD, "witness-2", why))
        assert (owed_to(gone, "witness-2"), owed_to(gone, "complainant")) == (set(), owed_to(file, "complainant"))


@at_rest
def test_a_witness_who_is_found_for_a_hearing_ahead_is_prepared_for_it(rest: tuple[CaseFact, ...]) -> None:
    file = h.recorded(resting(rest, LISTED), WITNESS.model_copy(update={"at": THEN + 2 * DAY}))
    assert owed_to(file, "witness-2") == {f"hearing-{when}:{KEY}:witness-2" for when in (When.BEFORE, When.DURING)}
    known = h.identified(THEN + 3 * DAY, "witness-2", SOMEBODY)
    assert owed_to(h.recorded(file, known), "witness-2")


@at_rest
@pytest.mark.parametrize(
    ("news", "fact"),
    [
        ((LISTED,), h.taken_on(THEN + 2 * DAY, "victim-2", Part.VICTIM)),
        ((LISTED,), h.left(THEN + 2 * DAY, "perpetrator-1")),
        ((LISTED,), h.identified(THEN + 2 * DAY, "complainant", SOMEBODY)),
        ((), h.left(THEN + 2 * DAY, "witness-2")),
        ((), h.taken_on(THEN + 2 * DAY, "witness-3", Part.WITNESS)),
    ],
    ids=["another-victim", "who-is-complained-about", "who-reported", "no-hearing", "no-hearing-of-another"],
)
def test_nobody_else_comes_or_goes_on_a_case_at_rest(
    rest: tuple[CaseFact, ...], news: tuple[CaseFact, ...], fact: CaseFact
) -> None:
    with pytest.raises(CaseIsClosed if rest is CLOSED else CaseIsJoined):
        h.recorded(resting((WITNESS, *rest), *news), fact)


@at_rest
def test_where_no_court_hears_us_nobody_is_supported_on_a_case_at_rest(rest: tuple[CaseFact, ...]) -> None:
    refusal = refusal_now(resting(rest), WitnessSupported, EDITION)
    assert refusal is not None
    with pytest.raises(CaseIsClosed if rest is CLOSED else CaseIsJoined):
        h.recorded(resting(rest), support(When.BEFORE, THEN + DAY))
    assert refusal_now(resting(rest, LISTED), WitnessSupported, EDITION) is None
