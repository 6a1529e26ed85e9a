"""partner-referrals, information-sharing: a referral is proposed on a case, and the case hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.deadlines import Deadline, deadlines
from policy.duties import Begin, Tell, duties
from policy.editions.agencies import AgencyChannel
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part, PersonIdentified, PersonLeft
from policy.facts.people import Person
from policy.facts.referring import (
    ReferralFinished,
    ReferralMoved,
    ReferralProposed,
    ReferralTakenUp,
    ReferralTold,
)
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.refusals import MatterNotOpen
from policy.rules.closing_requirements import open_matters
from policy.simulation import Happening, Played, ToldBeside, simulate
from policy.standing import standing
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, empty_file, entry, report
from tests.policy import happenings as h
from tests.policy.referral.referring import DAY, MONDAY, WEEK

KEY = "referral-3"
YES = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes.")
NO_MORE = ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No more.")
LAWFUL = [one for one in Gateway if one is not Gateway.CONSENT]


def proposed(agency: str = "education", **more: Any) -> ReferralProposed:
    told = {"agency": agency, "about": ("complainant",), "what": "Her address.", "why": "Help at school."}
    gateway = {"gateway": Gateway.CONSENT, "under": "The county protocol"}
    return ReferralProposed.model_validate({"at": MONDAY} | told | gateway | more)


def referred(*more: CaseFact, **told: Any) -> CaseFile:
    """The consent is 2, the referral 3, and it has begun."""
    file = case_of(report(MONDAY), YES, proposed(**told))
    return heard(heard(file, ReferralTold(at=MONDAY, matter=KEY, stands=True, stays=True)), *more)


def heard(file: CaseFile, *facts: CaseFact) -> CaseFile:
    return h.recorded(file, *facts, by=SYSTEM)


MOVED = ReferralMoved(at=MONDAY, matter=KEY, stage=ReferralStage.SENT)
TAKEN_UP = ReferralTakenUp(at=MONDAY + DAY, matter=KEY)
TO_TELL = ReferralMoved(at=MONDAY + 2 * DAY, matter=KEY, stage=ReferralStage.WITHDRAWN_TO_TELL)
OVER = ReferralFinished(at=MONDAY + 3 * DAY, matter=KEY, outcome=ReferralOutcome.HELPED)


def owed(file: CaseFile) -> dict[str, Deadline]:
    return {one.key: one for one in deadlines(file, EDITION)}


# partner-referrals


def begun(file: CaseFile) -> list[Begin]:
    return [one for one in duties(file) if isinstance(one, Begin)]


def telling(file: CaseFile) -> list[bool]:
    tells = [one for one in duties(file) if isinstance(one, Tell)]
    return [one.news.stands for one in tells if isinstance(one.news, f.ConsentTold)]


def test_it_begins_beside_the_case_once_under_a_reference_of_its_own() -> None:
    file = case_of(report(MONDAY), YES, proposed("victim_support"))
    (begin,) = begun(file)
    told = begin.begins
    assert isinstance(told, f.ReferralBegun)
    assert (begin.key, begin.kind, begin.opening.ref, begin.opening.case) == (
        KEY,
        "referral",
        f"{file.ref}-3",
        file.ref,
    )
    assert (told.proposed, told.proposed_by) == (file.matters[KEY].about, OFFICER.id)
    assert (told.agency, told.about, told.by_channel) == ("victim_support", ("complainant",), AgencyChannel.MAIL)
    assert not told.overridden
    assert begun(referred()) == []


def test_several_run_side_by_side() -> None:
    file = case_of(report(MONDAY), YES, proposed(), proposed("wardens"), proposed("fire"))
    assert [one.opening.ref for one in begun(file)] == [f"{file.ref}-{number}" for number in (3, 4, 5)]


@pytest.mark.parametrize(
    ("agency", "row"),
    [("education", "joint-approach"), ("victim_support", "support-schemes"), ("mediation", "partner-referrals")],
)
def test_nothing_heard_of_it_for_long_is_found_out_by_a_supervisor_under_the_agency_s_row(
    agency: str, row: str
) -> None:
    silent = owed(referred(agency=agency))[KEY]
    named = EDITION.agency(agency)
    assert named is not None
    assert (silent.row, silent.owed_by) == (row, SUPERVISOR.role)
    assert silent.owed == f"Find out why nothing is heard of the referral: {named.name}"
    later = owed(referred(MOVED.model_copy(update={"at": MONDAY + WEEK}), agency=agency))[KEY]
    assert later.due > silent.due
    assert KEY not in owed(referred(OVER, agency=agency))


def test_it_is_told_when_a_consent_it_rests_on_is_taken_back_and_given_again() -> None:
    file = h.recorded(referred(), NO_MORE)
    assert telling(referred()) == []
    assert telling(file) == [False]
    knows = heard(file, ReferralTold(at=MONDAY + DAY, matter=KEY, stands=False, stays=False))
    assert telling(knows) == []
    again = YES.model_copy(update={"at": MONDAY + 2 * DAY})
    assert telling(h.recorded(knows, again)) == [True]


def test_it_is_told_of_a_consent_taken_back_before_it_had_begun() -> None:
    file = case_of(report(MONDAY), YES, proposed(), NO_MORE)
    assert [one.key for one in begun(file)] == [KEY]
    assert telling(heard(file, ReferralTold(at=MONDAY + DAY, matter=KEY, stands=True, stays=True))) == [False]


def test_one_of_several_who_says_no_is_enough() -> None:
    witness = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
    theirs = YES.model_copy(update={"person": "witness-1"})
    file = case_of(report(MONDAY), YES, witness, theirs, proposed(about=("complainant", "witness-1")))
    file = heard(file, ReferralTold(at=MONDAY, matter="referral-5", stands=True, stays=True))
    refused = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="witness-1", words="No.")
    assert telling(h.recorded(file, refused)) == [False]


@pytest.mark.parametrize("why", [Leaving.MOVED_AWAY, Leaving.NO_LONGER_INVOLVED])
def test_the_word_of_somebody_who_has_left_the_case_holds(why: Leaving) -> None:
    witness, theirs = h.taken_on(MONDAY, "witness-1", Part.WITNESS), YES.model_copy(update={"person": "witness-1"})
    file = case_of(report(MONDAY), witness, theirs, proposed(about=("witness-1",)))
    file = heard(file, ReferralTold(at=MONDAY, matter="referral-4", stands=True, stays=True))
    assert telling(h.recorded(file, PersonLeft(at=MONDAY + DAY, key="witness-1", why=why, words="Gone."))) == []


def test_whoever_turns_out_to_be_somebody_else_has_not_consented() -> None:
    def is_(person: str) -> PersonIdentified:
        return PersonIdentified(at=MONDAY, key="complainant", person=person)

    known, other = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))
    file = h.recorded(referred(), is_(known))
    assert telling(file) == []
    assert telling(h.recorded(file, is_(other))) == [False]


@pytest.mark.parametrize("gateway", LAWFUL)
def test_a_no_is_told_to_what_rests_on_a_law_unless_a_supervisor_decided_over_it(gateway: Gateway) -> None:
    assert telling(h.recorded(referred(gateway=gateway), NO_MORE)) == [False]
    over_it = proposed(gateway=gateway, lawful_reason="serious_crime", at=MONDAY + 2 * DAY)
    begun_at = ReferralTold(at=MONDAY + 2 * DAY, matter="referral-3", stands=True, stays=True)
    for said_before, tells in ((NO_MORE, []), (h.effect(MONDAY), [False])):
        decided = heard(h.recorded(case_of(report(MONDAY), said_before), over_it, by=SUPERVISOR), begun_at)
        assert telling(h.recorded(decided, NO_MORE.model_copy(update={"at": MONDAY + 3 * DAY}))) == tells


@pytest.mark.parametrize("gateway", LAWFUL)
def test_a_perpetrator_s_no_stops_no_referral_that_the_law_allows(gateway: Gateway) -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    file = case_of(report(MONDAY), he, proposed(gateway=gateway, about=("perpetrator-1",)))
    file = heard(file, ReferralTold(at=MONDAY, matter="referral-3", stands=True, stays=True))
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="perpetrator-1", words="No.")
    assert telling(h.recorded(file, no)) == []


def test_one_that_is_over_is_told_nothing_more() -> None:
    assert telling(h.recorded(referred(OVER), NO_MORE)) == []
    with pytest.raises(MatterNotOpen):
        heard(referred(OVER), MOVED)


def test_agencies_that_fit_are_shown_until_somebody_is_referred_there() -> None:
    noise = case_of(report(MONDAY, "noise"), YES)
    assert standing(noise, EDITION).suggested_agencies == ("environmental_health",)
    assert standing(h.recorded(noise, proposed("environmental_health")), EDITION).suggested_agencies == ()


# closing


def test_a_case_closes_once_its_referrals_are_taken_up_or_over() -> None:
    for file, still_open in (
        (referred(), ["referral"]),
        (referred(MOVED), ["referral"]),
        (referred(TO_TELL), ["referral"]),
        (referred(TAKEN_UP), []),
        (referred(TAKEN_UP, TO_TELL), []),
        (referred(OVER), []),
    ):
        assert [one.words for one in open_matters(file)] == still_open


# from its proposal to its end


NOON = MONDAY.replace(hour=12)
WORDS = {"words": "So."}
ENDS: dict[str, tuple[tuple[Any, ...], ReferralOutcome]] = {
    "helped": (
        (
            f.ReferralAnswered(at=NOON, taken_up=True, **WORDS),
            f.ReferralWorkReported(at=NOON + DAY, **WORDS),
            f.ReferralEnded(at=NOON + WEEK, outcome=ReferralOutcome.HELPED, reasons="She sleeps again."),
        ),
        ReferralOutcome.HELPED,
    ),
    "declined": ((f.ReferralAnswered(at=NOON, taken_up=False, **WORDS),), ReferralOutcome.DECLINED),
    "nobody answered": (
        (
            f.ReferralChased(at=NOON, **WORDS),
            f.ReferralEnded(at=NOON + WEEK, outcome=ReferralOutcome.NO_ANSWER, reasons="Nobody rang back."),
        ),
        ReferralOutcome.NO_ANSWER,
    ),
    "withdrawn": ((NO_MORE, f.AgencyToldOfWithdrawal(at=NOON + 2 * DAY, **WORDS)), ReferralOutcome.WITHDRAWN),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("agency", ["victim_support", "education"])
def test_it_is_carried_to_its_end_and_its_case_knows(agency: str, end: str) -> None:
    facts, outcome = ENDS[end]
    played = carried(agency, *facts)
    referral = played.beside[KEY]
    assert (referral.refused, referral.file.stage, referral.file.outcome) == ((), ReferralStage.OVER, outcome)
    assert referral.file.told == referral.file.said
    assert KEY not in played.file.matters
    last = [one.fact for one in played.entries if isinstance(one.fact, ReferralFinished)]
    assert [one.outcome for one in last] == [outcome]


def test_a_consent_taken_back_before_anything_went_ends_it_at_once() -> None:
    played = carried("education", NO_MORE, by_hand=False)
    assert (played.beside[KEY].file.outcome, KEY in played.file.matters) == (ReferralOutcome.WITHDRAWN, False)


def test_its_case_keeps_waiting_while_an_agency_has_still_to_be_told() -> None:
    played = carried("victim_support", NO_MORE)
    assert played.beside[KEY].file.stage is ReferralStage.WITHDRAWN_TO_TELL
    assert played.file.matters[KEY].stage == "under_way"
    assert "referral" in [one.words for one in open_matters(played.file)]


def carried(agency: str, *facts: Any, by_hand: bool = True) -> Played:
    told: list[Happening] = [entry(report(MONDAY, complainant=Person())), entry(YES), entry(proposed(agency))]
    if agency == "education" and by_hand:
        told.append(beside(0, f.ReferralHandedOver(at=MONDAY + timedelta(hours=1), **WORDS)))
    told += [
        beside(number, fact) if isinstance(fact, tuple(f.REFERRAL_FACT_TYPES.values())) else entry(fact)
        for number, fact in enumerate(facts, start=1)
    ]
    return simulate(empty_file(MONDAY.date()), told, until=told[-1].recorded_at)


def beside(number: int, fact: Any, key: str = KEY) -> ToldBeside:
    return ToldBeside(key, f.ReferralEntry(id=f"acted-{number}", by=SUPERVISOR, recorded_at=fact.at, fact=fact))


def test_an_entry_of_each_fact_of_it_travels() -> None:
    told = ReferralTold(at=MONDAY, matter=KEY, stands=False, stays=False)
    for fact in (proposed(), TAKEN_UP, MOVED, OVER, told):
        one = entry(fact)
        assert Entry.model_validate_json(one.model_dump_json()) == one
