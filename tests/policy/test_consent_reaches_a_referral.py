"""information-sharing: a consent that is taken back reaches each referral that rests on it, and no other."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.duties import Tell, duties
from policy.facts import CaseFact, Role
from policy.facts.closing import Closing
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.referring import ReferralMoved, ReferralTold
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.refusals import CaseIsClosed, CaseNotReadyToClose
from policy.simulation import simulate
from tests.given import SUPERVISOR, assessed, case_of, empty_file, entry, report
from tests.policy import happenings as h
from tests.policy.referral.referring import DAY, MONDAY
from tests.policy.test_referrals_on_a_case import (
    KEY,
    NO_MORE,
    OVER,
    TAKEN_UP,
    TO_TELL,
    YES,
    beside,
    heard,
    owed,
    proposed,
    referred,
    telling,
)
from tests.policy.test_told_of_a_no import HEARD, no, told

WITNESS = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
BOTH = {"about": ("complainant", "witness-1"), "lawful_reason": "life_at_risk"}


def told_now(file: CaseFile) -> list[tuple[bool, bool]]:
    news = [one.news for one in duties(file) if isinstance(one, Tell)]
    return [(one.stands, one.stays) for one in news if isinstance(one, f.ConsentTold)]


def over_the_word_of_a_witness(*more: CaseFact, gateway: Gateway = Gateway.CONSENT) -> CaseFile:
    """The complainant agrees; nobody asked the witness, and a supervisor gave a lawful reason."""
    file = h.recorded(case_of(report(MONDAY), YES, WITNESS), proposed(**BOTH, gateway=gateway), by=SUPERVISOR)
    return h.recorded(heard(file, ReferralTold(at=MONDAY, matter="referral-4", stands=True, stays=True)), *more)


def test_what_a_supervisor_decided_about_one_person_rests_on_the_consent_of_the_others() -> None:
    assert told_now(over_the_word_of_a_witness()) == []
    assert told_now(over_the_word_of_a_witness(NO_MORE)) == [(False, False)]
    of_witness = NO_MORE.model_copy(update={"person": "witness-1"})
    assert told_now(over_the_word_of_a_witness(of_witness)) == [(False, True)], "what went on a decision stays"
    by_law = over_the_word_of_a_witness(of_witness, gateway=Gateway.CRIME_AND_DISORDER_ACT)
    assert told_now(by_law) == [(False, True)]
    said_twice = heard(by_law, ReferralTold(at=MONDAY + DAY, matter="referral-4", stands=False, stays=True))
    assert told_now(said_twice) == []


@pytest.mark.parametrize(
    ("withdrawn", "stage"),
    [("complainant", ReferralStage.WITHDRAWN_TO_TELL), ("witness-1", ReferralStage.SENT)],
)
def test_the_agency_hears_of_whoever_agreed_and_takes_that_back(withdrawn: str, stage: ReferralStage) -> None:
    opening, until = empty_file(MONDAY.date()), MONDAY + 2 * DAY
    begun = [entry(report(MONDAY)), entry(YES), entry(WITNESS), entry(proposed(**BOTH), SUPERVISOR)]
    (key,) = simulate(opening, begun, until=until).beside
    handed_over = f.ReferralHandedOver(at=MONDAY + timedelta(hours=1), words="Told them.")
    taken_back = ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person=withdrawn, words="No more.")
    played = simulate(opening, [*begun, beside(1, handed_over, key), entry(taken_back)], until=until)
    assert played.beside[key].file.stage is stage


def test_what_was_withdrawn_goes_on_once_everybody_agrees() -> None:
    file = over_the_word_of_a_witness(NO_MORE)
    file = heard(file, ReferralTold(at=MONDAY + DAY, matter="referral-4", stands=False, stays=False))
    yes = ConsentGiven(at=MONDAY + 2 * DAY, purpose=Purpose.REFERRAL, words="Yes.")
    assert told_now(h.recorded(file, yes)) == [(True, True)]


COUNCIL = "disclosure-refusal:council"


def test_whoever_was_told_beside_it_hears_too_after_the_case_has_closed() -> None:
    close = h.closed(MONDAY + DAY, Closing.UNJUSTIFIED)
    beside_it = h.recorded(referred(TAKEN_UP), told(), assessed(MONDAY), close)
    later = NO_MORE.model_copy(update={"at": MONDAY + 2 * DAY})
    over = OVER.model_copy(update={"outcome": ReferralOutcome.WITHDRAWN})
    file = heard(h.recorded(beside_it, later), over)
    assert (COUNCIL in owed(file), file.with_(letters={}).finished) == (True, False)
    assert h.recorded(file, HEARD).with_(letters={}).finished


def test_an_agency_that_has_ended_a_referral_hears_of_a_no_that_comes_after_it() -> None:
    opening, until = empty_file(MONDAY.date()), MONDAY + 3 * DAY
    begun = [entry(report(MONDAY)), entry(YES), entry(proposed(agency="victim_support"))]
    (key,) = simulate(opening, begun, until=until).beside
    declined = f.ReferralAnswered(at=MONDAY + timedelta(hours=1), taken_up=False, words="No room.")
    no_more = NO_MORE.model_copy(update={"at": MONDAY + DAY})
    played = simulate(opening, [*begun, beside(1, declined, key), entry(no_more)], until=until)
    assert "disclosure-refusal:victim_support" in owed(played.file)
    never = simulate(opening, [*begun, entry(no_more)], until=until)
    assert "disclosure-refusal:victim_support" not in owed(never.file), "the referral itself tells them"


@pytest.mark.parametrize(
    ("gateway", "reason"),
    [(Gateway.CRIME_AND_DISORDER_ACT, None), (Gateway.CONSENT, "life_at_risk")],
    ids=["by-law", "as-a-supervisor-decided"],
)
def test_of_a_no_to_what_stays_the_agency_hears(gateway: Gateway, reason: str | None) -> None:
    opening, until = empty_file(MONDAY.date()), MONDAY + 3 * DAY
    goes = entry(
        proposed(agency="victim_support", gateway=gateway, lawful_reason=reason, at=MONDAY + DAY), SUPERVISOR
    )
    earlier = entry(no(MONDAY), recorded_at=MONDAY + 2 * DAY)
    played = simulate(opening, [entry(report(MONDAY)), goes, earlier], until=until)
    (key,) = played.beside
    assert played.beside[key].file.stage is ReferralStage.SENT
    assert owed(played.file)["disclosure-refusal:victim_support"].owed_by is Role.SUPERVISOR


def test_nobody_hears_of_a_no_to_what_has_not_gone() -> None:
    file = h.recorded(case_of(report(MONDAY)), proposed(gateway=Gateway.CRIME_AND_DISORDER_ACT))
    matter = next(iter(file.referrals))
    undelivered = ReferralMoved(at=MONDAY, matter=matter, stage=ReferralStage.UNDELIVERED)
    sent = undelivered.model_copy(update={"stage": ReferralStage.SENT})
    begun = heard(file, ReferralTold(at=MONDAY, matter=matter, stands=True, stays=True), undelivered)
    assert h.recorded(begun, no(MONDAY + DAY)).informed == {}
    assert heard(begun, sent).informed.keys() == {"education"}


def closed_while_taken_up() -> CaseFile:
    close = h.closed(MONDAY + DAY, Closing.UNJUSTIFIED)
    with pytest.raises(CaseNotReadyToClose, match="referral"):
        h.recorded(referred(), assessed(MONDAY), close)
    return h.recorded(referred(TAKEN_UP), assessed(MONDAY), close)


def test_a_consent_taken_back_after_the_case_has_closed_still_reaches_it() -> None:
    file = closed_while_taken_up()
    assert not file.finished
    later = NO_MORE.model_copy(update={"at": MONDAY + 2 * DAY})
    file = h.recorded(file, later)
    assert telling(file) == [False]
    told = ReferralTold(at=MONDAY + 2 * DAY, matter=KEY, stands=False, stays=False)
    file = heard(file, told, TO_TELL)
    assert KEY in owed(file)
    with pytest.raises(CaseIsClosed):
        h.recorded(file, proposed(at=MONDAY + 2 * DAY))
    file = heard(file, OVER)
    assert (KEY in file.matters, telling(file)) == (False, [])
    with pytest.raises(CaseIsClosed):
        h.recorded(file, later.model_copy(update={"at": MONDAY + 3 * DAY}))
