"""interview-perpetrator, agreements, starter-tenancy, effect-and-causes."""

from datetime import date, datetime, timedelta

import pytest

from policy import rules
from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts import agreeing as a
from policy.facts import interviewing as i
from policy.facts import tenancies as t
from policy.facts.closing import Closing, Outcome
from policy.facts.effects import Cause
from policy.facts.people import Party
from policy.refusals import CaseIsClosed, CaseNotReadyToClose, DayNotAgreeable, MatterNotOpen
from policy.refusals.conduct import EffectNotRecorded
from tests.given import EDITION, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.legal_action.test_steps import ended

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def handled(*more: CaseFact) -> CaseFile:
    file = case_of(report(MONDAY, about=Party()), contact(MONDAY), assessed(MONDAY), h.effect(MONDAY))
    return recorded(file, *more)


# interview-perpetrator

OFFER = i.InterviewOffered(at=MONDAY, words="Come and talk.", by_when=date(2023, 6, 12), person="perpetrator-1")


@pytest.mark.parametrize(
    "ending",
    [
        i.InterviewHeld(
            at=MONDAY + DAY,
            matter="interview-5",
            support="Alcohol service.",
            chance="A month.",
            words="He listened.",
        ),
        i.InterviewRefused(at=MONDAY + DAY, matter="interview-5", words="Not with you."),
        i.InterviewFoundUnsafe(at=MONDAY + DAY, matter="interview-5", reasons="He would know who told us."),
    ],
    ids=["held", "refused", "not safe"],
)
def test_an_interview_is_held_or_refused_or_not_safe(ending: CaseFact) -> None:
    assert owed(handled(OFFER))["interview-5"].due == london(2023, 6, 12, 17)
    assert "interview-5" not in owed(handled(OFFER, ending))


def test_an_interview_held_records_support_and_a_chance_to_change() -> None:
    required = {name for name, field in i.InterviewHeld.model_fields.items() if field.is_required()}
    assert {"support", "chance"} <= required


def test_an_interview_that_is_moved_is_still_owed() -> None:
    moved = i.InterviewMoved(at=MONDAY, matter="interview-5", reasons="He works.", by_when=date(2023, 6, 20))
    assert owed(handled(OFFER, moved))["interview-5"].due == london(2023, 6, 20, 17)


# agreements

PROPOSED = a.AgreementProposed(at=MONDAY, kind=a.AgreementKind.ACCEPTABLE_BEHAVIOUR, words="No music after ten.")
SIGNED = a.AgreementSigned(
    at=MONDAY,
    matter="agreement-5",
    terms="No music after ten.",
    parties=("perpetrator-1",),
    starts=date(2023, 6, 5),
    ends=date(2023, 12, 4),
)
BREACHED = a.AgreementBreached(at=MONDAY + 2 * DAY, agreement="agreement-5", words="Music until three.")


def test_an_agreement_is_proposed_and_then_signed_or_refused() -> None:
    assert owed(handled(PROPOSED))["agreement-5"].owed.startswith("Have the agreement signed")
    refused = a.AgreementRefused(at=MONDAY, matter="agreement-5", words="He will not sign.")
    assert "agreement-5" not in owed(handled(PROPOSED, refused))


def test_what_is_no_signed_agreement_cannot_be_broken_and_those_that_can_be_are_named() -> None:
    another = BREACHED.model_copy(update={"agreement": "agreement-9"})
    with pytest.raises(MatterNotOpen, match=r"called agreement-9\. Signed: [a-z ]*agreement \(agreement-5\)\."):
        recorded(handled(PROPOSED, SIGNED), another)


def test_a_signed_agreement_is_reviewed_until_it_runs_out_and_then_ended_or_extended() -> None:
    file = handled(PROPOSED, SIGNED)
    assert owed(file)["agreement-5"].due == london(2023, 7, 3, 17)
    reviewed = a.AgreementReviewed(
        at=london(2023, 7, 3), matter="agreement-5", words="It holds.", by_when=date(2024, 1, 15)
    )
    file = recorded(file, reviewed)
    assert owed(file)["agreement-5"].due == london(2023, 12, 4, 17), "not later than it runs out"
    longer = a.AgreementExtended(
        at=london(2023, 12, 1), matter="agreement-5", reasons="Still needed.", ends=date(2024, 3, 1)
    )
    assert owed(recorded(file, longer))["agreement-5"].due == london(2024, 1, 3, 17)
    ended = a.AgreementEnded(at=london(2023, 12, 4), matter="agreement-5", reasons="It ran out and was kept.")
    assert "agreement-5" not in owed(recorded(file, ended))


def test_an_agreement_that_ran_out_stays_owed_until_it_is_ended_or_extended() -> None:
    file = handled(PROPOSED, SIGNED)
    late = a.AgreementReviewed(at=london(2023, 12, 11), matter="agreement-5", words="It holds.")
    assert owed(recorded(file, late))["agreement-5"].due == london(2023, 12, 4, 17)


def test_a_breach_does_not_end_the_agreement_and_what_follows_is_decided() -> None:
    file = handled(PROPOSED, SIGNED)
    broken = recorded(file, BREACHED)
    assert owed(broken)["breach-7"].due == london(2023, 6, 14, 17)
    assert owed(broken)["breach-7"].owed == "Decide what follows the breach of the agreement"
    assert owed(broken)["agreement-5"].due == owed(file)["agreement-5"].due
    decided = a.BreachDecided(at=MONDAY + 3 * DAY, matter="breach-7", words="A warning.")
    assert "breach-7" not in owed(recorded(broken, decided))


def test_a_breach_is_of_a_signed_agreement() -> None:
    for file in (handled(), handled(PROPOSED)):
        with pytest.raises(MatterNotOpen):
            recorded(file, BREACHED)


def test_a_breach_takes_a_proposed_closure_back_and_keeps_the_case_open() -> None:
    signed = SIGNED.model_copy(update={"matter": "agreement-6"})
    file = handled(h.proposal(MONDAY), PROPOSED, signed, BREACHED.model_copy(update={"agreement": "agreement-6"}))
    assert file.proposed is None
    ended = a.AgreementEnded(at=MONDAY + 2 * DAY, matter="agreement-6", reasons="It is over.")
    file = recorded(file, ended)
    with pytest.raises(CaseNotReadyToClose, match="breach of an agreement"):
        recorded(file, h.proposal(MONDAY + 3 * DAY))


def test_an_agreement_ends_after_it_begins_and_within_the_edition_s_longest_time() -> None:
    for ends in (date(2023, 6, 5), date(2024, 6, 6)):
        with pytest.raises(DayNotAgreeable) as refused:
            handled(PROPOSED, SIGNED.model_copy(update={"ends": ends}))
        assert refused.value.refusal.missing == ("an end that can be agreed",)


def test_an_agreement_starts_before_it_ends() -> None:
    for starts in (date(2030, 1, 1), SIGNED.ends):
        with pytest.raises(DayNotAgreeable) as refused:
            handled(PROPOSED, SIGNED.model_copy(update={"starts": starts}))
        assert refused.value.refusal.missing == ("a start before its end",)


def closed_with_an_agreement() -> CaseFile:
    file = handled(PROPOSED, SIGNED, h.discussed(MONDAY), h.proposal(MONDAY))
    (letter,) = (key for key in file.letters if key.startswith("closing-letter"))
    return recorded(file, h.sent(MONDAY, letter), h.closed(MONDAY + DAY))


def test_a_signed_agreement_holds_no_case_open_and_its_review_is_still_owed() -> None:
    file = closed_with_an_agreement()
    assert owed(file)["agreement-5"].owed.startswith("Review the agreement")
    reviewed = a.AgreementReviewed(at=MONDAY + 5 * DAY, matter="agreement-5", words="It is kept.")
    assert not recorded(file, reviewed).finished
    ended = a.AgreementEnded(at=MONDAY + 6 * DAY, matter="agreement-5", reasons="It ran out.")
    assert "agreement-5" not in owed(recorded(file, reviewed, ended))


def test_one_that_is_only_proposed_holds_it_open() -> None:
    with pytest.raises(CaseNotReadyToClose, match="agreement"):
        handled(PROPOSED, h.discussed(MONDAY), h.proposal(MONDAY))


def test_what_breaks_it_after_the_case_has_closed_is_decided_on_and_the_case_stays_closed() -> None:
    file = closed_with_an_agreement()
    broken = recorded(file, BREACHED)
    assert broken.closed_at == file.closed_at
    assert broken.proposed == file.proposed
    (breach,) = (key for key in owed(broken) if key.startswith("breach"))
    decided = a.BreachDecided(at=MONDAY + 3 * DAY, matter=breach, words="A warning.")
    assert breach not in owed(recorded(broken, decided))
    ended = a.AgreementEnded(at=MONDAY + DAY, matter="agreement-5", reasons="He moved away.")
    with pytest.raises(CaseIsClosed):
        recorded(file, ended, BREACHED)


# starter-tenancy


def known(ends: date) -> t.StarterTenancyKnown:
    return t.StarterTenancyKnown(at=MONDAY, person="perpetrator-1", ends=ends)


def test_the_decision_on_a_starter_tenancy_is_owed_in_time_before_it_ends() -> None:
    deadline = owed(handled(known(date(2023, 9, 1))))["starter-tenancy-5"]
    assert deadline.due == london(2023, 8, 3, 17)
    assert deadline.why == (
        "Decide whether the starter tenancy is passed, extended or ended, by Thursday 3 August 2023 at 17:00: "
        "20 working days before Friday 1 September 2023, not counting Monday 28 August 2023 "
        "(Late Summer Bank Holiday) and weekends (policy sections 4 and 5, starter-tenancy)"
    )


def test_a_starter_tenancy_that_ends_soon_is_decided_at_once() -> None:
    assert owed(handled(known(date(2023, 6, 14))))["starter-tenancy-5"].due == london(2023, 6, 6, 17)


def test_an_extension_moves_the_decision_and_the_other_decisions_end_it() -> None:
    file = handled(known(date(2023, 9, 1)))
    longer = t.StarterTenancyExtended(
        at=MONDAY + DAY, matter="starter-tenancy-5", reasons="Half a year more.", ends=date(2024, 3, 1)
    )
    assert owed(recorded(file, longer))["starter-tenancy-5"].due == london(2024, 2, 2, 17)
    for kind in (t.StarterTenancyPassed, t.StarterTenancyEndDecided):
        decided = kind(at=MONDAY + DAY, matter="starter-tenancy-5", reasons="As the case stands.")
        assert "starter-tenancy-5" not in owed(recorded(file, decided))


def test_the_decision_on_a_starter_tenancy_holds_no_case_open_and_is_still_owed() -> None:
    file = recorded(handled(known(date(2023, 9, 1))), h.closed(MONDAY + DAY, Closing.DEALT_WITH))
    assert "starter-tenancy-5" in owed(file)
    passed = t.StarterTenancyPassed(at=MONDAY + 2 * DAY, matter="starter-tenancy-5", reasons="All is quiet.")
    assert "starter-tenancy-5" not in owed(recorded(file, passed))


def decided(at: datetime, kind: str, ends: date) -> CaseFact:
    more = {"at": at, "matter": "starter-tenancy-5", "reasons": "As it stands.", "ends": ends}
    return t.StarterTenancyExtended(**more) if kind == "extended" else t.StarterTenancyEndDecided(**more)


@pytest.mark.parametrize("kind", ["known", "extended", "end_decided"])
def test_nothing_is_decided_on_a_starter_tenancy_once_the_edition_says_that_there_are_none(kind: str) -> None:
    edition = ended("starter", last=date(2023, 6, 9))
    file = handled() if kind == "known" else handled(known(date(2023, 9, 1)))
    last, after, ends = london(2023, 6, 9), london(2023, 6, 10), date(2023, 6, 9)

    def fact(at: datetime, until: date) -> CaseFact:
        return known(until).model_copy(update={"at": at}) if kind == "known" else decided(at, kind, until)

    rules.check(file, entry(fact(MONDAY, ends)), edition)
    for wrong in (fact(after, date(2023, 9, 1)), *([] if kind == "end_decided" else [fact(last, ends + DAY)])):
        with pytest.raises(DayNotAgreeable, match=r"end(ed)? on Friday 9 June 2023"):
            rules.check(file, entry(wrong), edition)
        rules.check(file, entry(wrong), EDITION)


def test_one_that_the_law_has_ended_can_still_be_passed() -> None:
    passed = t.StarterTenancyPassed(at=london(2023, 6, 10), matter="starter-tenancy-5", reasons="By law.")
    edition = ended("starter", last=date(2023, 6, 9))
    rules.check(handled(known(date(2023, 9, 1))), entry(passed), edition)


# effect-and-causes


def test_a_decision_on_action_waits_until_the_effect_and_the_causes_are_recorded() -> None:
    file = case_of(report(MONDAY, about=Party()), contact(MONDAY), assessed(MONDAY))
    for decision in (PROPOSED, h.success(MONDAY), h.proposal(MONDAY, Outcome.ENFORCED)):
        with pytest.raises(EffectNotRecorded):
            recorded(file, decision)
        assert recorded(file, h.effect(MONDAY), decision)
    assert recorded(file, h.proposal(MONDAY)), "closing without action is no decision on action"


def test_what_plays_a_part_is_said_or_that_nothing_is_known_to() -> None:
    for causes in ((), (Cause.NONE_KNOWN, Cause.DRUGS)):
        with pytest.raises(EffectNotRecorded):
            handled(h.effect(MONDAY).model_copy(update={"causes": causes}))
    assert handled(h.effect(MONDAY).model_copy(update={"causes": (Cause.NONE_KNOWN,)}))
