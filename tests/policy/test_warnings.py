"""formal-warnings: the ladder, who agrees, the letter, what is served, and when it lapses."""

from datetime import date

import pytest

from policy.deadlines import deadlines
from policy.duties import duties
from policy.facts.agreeing import AgreementKind, AgreementProposed, AgreementSigned
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.parts import Leaving, Part
from policy.ledger import Ending, lines
from policy.legal_action.windows import Ground
from policy.refusals import CaseNotReadyToClose, LetterMayIdentify
from policy.refusals.conduct import EffectNotRecorded
from policy.refusals.legal import AnotherPersonMustAgree, EarlierWarningMissing, WarningNotPossible
from policy.standing import standing
from policy.tenure import Tenure
from tests.given import EDITION, OFFICER, SUPERVISOR, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.happenings import ANOTHER_OFFICER, owed, recorded
from tests.policy.warned import (
    DAY,
    MONDAY,
    PAT,
    POSTED,
    agreed,
    letter,
    notice,
    reviewed,
    served,
    taken_back,
    to_be_warned,
    warned_by_post,
    with_notice,
)

# the steps


def test_a_warning_is_agreed_to_written_posted_and_reviewed_each_by_its_day() -> None:
    file = to_be_warned(letter(MONDAY))
    assert owed(file)["warning-3"].owed == "Agree to the warning letter, or decline it"
    assert owed(file)["warning-3"].due == london(2023, 6, 12, 17)
    file = recorded(file, agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    assert owed(file)["warning-3"].owed == "Serve the warning letter, or see that it was posted"
    (duty,) = [one for one in duties(file) if one.kind is LetterKind.WARNING]
    assert (duty.key, duty.to, duty.row) == (POSTED, "perpetrator-1", "formal-warnings")
    file = recorded(file, h.ready_to_post(MONDAY, POSTED), h.sent(MONDAY + DAY, POSTED))
    assert owed(file)["warning-3"].owed == "See whether the warning letter was heeded, and decide what follows"
    assert owed(file)["warning-3"].due == london(2023, 7, 4, 17)
    assert file.warnings["warning-3"].served_on == date(2023, 6, 6)
    file = recorded(file, reviewed(MONDAY + 9 * DAY, "warning-3"))
    assert "warning-3" not in owed(file)
    (now,) = standing(file, EDITION).warnings
    assert (now.heeded, now.counts_from, now.counts_until) == (False, date(2023, 6, 6), date(2024, 6, 6))


def test_the_letter_keeps_what_was_owed_and_another_letter_does_not() -> None:
    file = recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    file = recorded(file, h.ready_to_post(MONDAY, POSTED))
    after = recorded(file, h.sent(MONDAY + DAY, POSTED))
    ended = lines(deadlines(file, EDITION), deadlines(after, EDITION), entry(h.sent(MONDAY + DAY, POSTED)))
    (how,) = [one.ended for one in ended if one.deadline.key == "warning-3" and one.ended]
    assert how.ending is Ending.KEPT
    other = recorded(file, h.ready_to_post(MONDAY, "acknowledgement"), h.sent(MONDAY + DAY, "acknowledgement"))
    assert owed(other)["warning-3"].stage == "approved"


def test_without_an_address_it_is_served_by_hand() -> None:
    file = recorded(to_be_warned(letter(MONDAY), about=PAT.model_copy(update={"address": ()})))
    file = recorded(file, agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    assert [one.kind for one in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]
    assert recorded(file, served(MONDAY, "warning-3")).warnings["warning-3"].served_on == MONDAY.date()


@pytest.mark.parametrize("how", [served, taken_back])
def test_what_was_served_by_hand_or_taken_back_is_not_posted_as_well(how: object) -> None:
    file = recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    after = recorded(file, how(MONDAY, "warning-3"))  # type: ignore[operator] # makes a fact
    assert [one.kind for one in duties(after)] == [LetterKind.ACKNOWLEDGEMENT]
    assert bool(after.warnings) is (how is served)


def test_a_case_does_not_close_over_a_warning_that_nobody_has_looked_at_again() -> None:
    file = recorded(warned_by_post(), contact(MONDAY + DAY), assessed(MONDAY + DAY))
    with pytest.raises(CaseNotReadyToClose, match="formal warning"):
        recorded(file, h.closed(MONDAY + DAY, Closing.DEALT_WITH))


# who, and what comes first


def test_nobody_agrees_to_their_own_warning_and_a_letter_needs_no_supervisor() -> None:
    file = to_be_warned(letter(MONDAY))
    with pytest.raises(AnotherPersonMustAgree, match="You proposed"):
        recorded(file, agreed(MONDAY, "warning-3"), by=OFFICER)
    assert recorded(file, agreed(MONDAY, "warning-3"), by=ANOTHER_OFFICER)


@pytest.mark.parametrize("step", ["starter_warning", "notice_seeking_possession"])
def test_what_is_at_stake_for_a_home_needs_a_supervisor(step: str) -> None:
    serious = {"very_serious": "He held a knife to her throat."}
    if step == "starter_warning":
        file, key = to_be_warned(letter(MONDAY, step, Tenure.STARTER)), "warning-3"
    else:
        file, key = to_be_warned(notice(MONDAY, Ground.GROUND_14, step=step, **serious)), "notice-3"
    with pytest.raises(AnotherPersonMustAgree, match="A supervisor must agree"):
        recorded(file, agreed(MONDAY, key), by=ANOTHER_OFFICER)
    assert recorded(file, agreed(MONDAY, key), by=SUPERVISOR)


def test_a_letter_that_was_too_serious_to_wait_needs_a_supervisor_too() -> None:
    file = to_be_warned(letter(MONDAY, very_serious="He held a knife to her throat."))
    with pytest.raises(AnotherPersonMustAgree, match="A supervisor must agree"):
        recorded(file, agreed(MONDAY, "warning-3"), by=ANOTHER_OFFICER)


def test_a_notice_comes_after_a_warning_that_still_counts_for_the_same_person() -> None:
    first = notice(MONDAY + DAY, Ground.GROUND_14)
    assert recorded(warned_by_post(), first)
    with pytest.raises(EarlierWarningMissing, match=r"warning letter, .*agreement, starter tenancy warning"):
        to_be_warned(first)
    proposed = to_be_warned(letter(MONDAY))
    with pytest.raises(EarlierWarningMissing):
        recorded(proposed, first)
    last = london(2024, 6, 6)
    assert recorded(warned_by_post(), notice(last, Ground.GROUND_14))
    with pytest.raises(EarlierWarningMissing):
        recorded(warned_by_post(), notice(last + DAY, Ground.GROUND_14))
    two = recorded(warned_by_post(), h.taken_on(MONDAY, "perpetrator-2", h.Part.PERPETRATOR))
    with pytest.raises(EarlierWarningMissing, match="perpetrator 2"):
        recorded(two, notice(MONDAY + DAY, Ground.GROUND_14, person="perpetrator-2"))


def to_sign(person: str | None = None) -> AgreementProposed:
    kind = AgreementKind.ACCEPTABLE_BEHAVIOUR
    return AgreementProposed(at=MONDAY, kind=kind, words="No music after ten.", person=person)


def signed(*parties: str, matter: str = "agreement-3") -> AgreementSigned:
    return AgreementSigned(
        at=MONDAY,
        matter=matter,
        terms="No music after ten.",
        parties=parties,
        starts=MONDAY.date(),
        ends=MONDAY.date() + 90 * DAY,
    )


def test_a_signed_agreement_comes_first_as_well() -> None:
    file = to_be_warned(to_sign())
    with pytest.raises(EarlierWarningMissing):
        recorded(file, notice(MONDAY, Ground.GROUND_14))
    assert recorded(file, signed(), notice(MONDAY, Ground.GROUND_14))


def test_an_agreement_counts_for_those_who_signed_it_and_for_nobody_else() -> None:
    two = h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR)
    first, second = notice(MONDAY, Ground.GROUND_14), notice(MONDAY, Ground.GROUND_14, person="perpetrator-2")
    theirs = recorded(to_be_warned(to_sign("perpetrator-1"), two), signed("complainant", "perpetrator-2"))
    assert recorded(theirs, second)
    with pytest.raises(EarlierWarningMissing, match="perpetrator 1"):
        recorded(theirs, first)
    both = recorded(to_be_warned(to_sign(), two), signed("perpetrator-1", "perpetrator-2"))
    assert recorded(both, first, second)


@pytest.mark.parametrize(
    ("put_to", "theirs", "another"),
    [
        (None, "perpetrator-1", "perpetrator-2"),
        ("perpetrator-1", "perpetrator-1", "perpetrator-2"),
        ("perpetrator-2", "perpetrator-2", "perpetrator-1"),
    ],
)
def test_where_nobody_is_named_it_was_signed_by_whom_it_was_put_to(
    put_to: str | None, theirs: str, another: str
) -> None:
    two = h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR)
    file = recorded(to_be_warned(two, to_sign(put_to)), signed(matter="agreement-4"))
    assert recorded(file, notice(MONDAY, Ground.GROUND_14, person=theirs))
    with pytest.raises(EarlierWarningMissing):
        recorded(file, notice(MONDAY, Ground.GROUND_14, person=another))


def test_an_agreement_that_has_run_out_or_was_signed_by_somebody_else_no_longer_comes_first() -> None:
    file = recorded(to_be_warned(to_sign()), signed("perpetrator-1"))
    last = MONDAY + 90 * DAY
    assert recorded(file, notice(last, Ground.GROUND_14))
    with pytest.raises(EarlierWarningMissing):
        recorded(file, notice(last + DAY, Ground.GROUND_14))
    one, other = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
    known = recorded(file, h.identified(MONDAY, "perpetrator-1", one))
    assert recorded(known, notice(MONDAY, Ground.GROUND_14))
    with pytest.raises(EarlierWarningMissing):
        recorded(known, h.identified(MONDAY, "perpetrator-1", other), notice(MONDAY, Ground.GROUND_14))


def test_what_is_very_serious_needs_none_of_them() -> None:
    assert to_be_warned(notice(MONDAY, Ground.GROUND_14, very_serious="He set fire to the stairs."))


# what exists for whom


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (letter(MONDAY, "starter_warning", Tenure.ASSURED), "It is for: starter"),
        (
            letter(MONDAY, "agreement"),
            r"not one of these: Warning letter \(warning_letter\); Starter tenancy warning \(starter_warning\)",
        ),
        (
            letter(MONDAY, "notice_seeking_possession"),
            r"not one of these: Warning letter \(warning_letter\); Starter tenancy warning \(starter_warning\)",
        ),
        (letter(MONDAY, "banishment"), "There is no banishment"),
        (letter(MONDAY, person="complainant"), "somebody on this case who is complained about"),
        (notice(MONDAY, Ground.GROUND_14, tenure=Tenure.LEASEHOLD), "not for this tenure"),
        (notice(MONDAY, step="notice_seeking_demotion", tenure=Tenure.STARTER), "not for this tenure"),
        (notice(MONDAY, very_serious="Fire."), "names its grounds"),
    ],
)
def test_what_does_not_exist_for_them_is_refused_with_the_reason(fact: h.CaseFact, why: str) -> None:
    with pytest.raises(WarningNotPossible, match=why):
        to_be_warned(fact)


def test_nobody_is_warned_before_the_effect_is_recorded_or_in_words_that_give_somebody_away() -> None:
    with pytest.raises(EffectNotRecorded):
        recorded(case_of(report(MONDAY, about=PAT)), letter(MONDAY))
    with pytest.raises(LetterMayIdentify):
        to_be_warned(letter(MONDAY, nothing_identifies=False))


# notices


@pytest.mark.parametrize(
    ("grounds", "opens"),
    [
        ((Ground.GROUND_14,), date(2023, 6, 12)),
        ((Ground.GROUND_12,), date(2023, 6, 26)),
        ((Ground.GROUND_14, Ground.GROUND_12), date(2023, 6, 12)),
    ],
)
def test_a_served_notice_says_from_when_until_when_proceedings_may_begin(
    grounds: tuple[Ground, ...], opens: date
) -> None:
    now = standing(with_notice(*grounds), EDITION).warnings[1]
    assert (now.counts_from, now.counts_until) == (opens, date(2024, 6, 12))
    assert now.statute is not None
    assert now.statute.startswith("Housing Act 1988, section 8(3)")


def test_what_follows_a_notice_is_decided_well_before_it_lapses() -> None:
    deadline = owed(with_notice())["notice-7"]
    assert deadline.owed == "Decide what follows the notice of seeking possession before it lapses"
    assert deadline.due == london(2024, 4, 15, 17), "40 working days before 12 June 2024, with two bank holidays"
    assert "notice-7" not in owed(recorded(with_notice(), reviewed(MONDAY + 9 * DAY, "notice-7")))


# people


def test_a_warning_that_was_meant_for_somebody_else_counts_for_nobody() -> None:
    gone = recorded(warned_by_post(), h.left(MONDAY + 2 * DAY, "perpetrator-1", Leaving.BY_MISTAKE))
    assert gone.warnings == {}
    one, other = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
    known = recorded(warned_by_post(), h.identified(MONDAY + 2 * DAY, "perpetrator-1", one))
    assert known.warnings
    assert recorded(known, h.identified(MONDAY + 2 * DAY, "perpetrator-1", other)).warnings == {}
