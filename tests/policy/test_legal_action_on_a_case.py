"""legal-test, legal-remedies, witness-care: legal action is proposed on a case, and the case hears of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.duties import Begin, Tell, duties
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.needs import NeedTold
from policy.facts.proceedings import (
    CourtDay,
    Known,
    LegalActionFinished,
    LegalActionMoved,
    LegalActionProposed,
    LegalActionTold,
    LegalOrderMade,
    LegalStage,
)
from policy.facts.warning import WarningReviewed, WarningServed
from policy.legal_action import facts as f
from policy.legal_action.windows import Ground
from policy.refusals.conduct import EffectNotRecorded
from policy.refusals.legal import LegalTestNotMet, RemedyNotPossible
from policy.rules import refusal_now
from policy.rules.closing_requirements import open_matters
from policy.simulation import Played, ToldBeside, simulate
from policy.tenure import Tenure
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import HEARD_AT, NEEDED, TO_COURT, decided, ended
from tests.policy.warned import MONDAY, PAT, agreed, letter, notice, to_be_warned

DAY = timedelta(days=1)
KEY = "legal-action-3"


def proposed(remedy: str = "injunction", **more: Any) -> LegalActionProposed:
    told = {"at": MONDAY, "remedy": remedy, "person": "perpetrator-1", "tenure": Tenure.ASSURED}
    serious = {"very_serious": "He held a knife.", "reasons": "Nobody is safe."}
    return LegalActionProposed.model_validate(told | serious | more)


def under_way(*more: CaseFact, **told: Any) -> CaseFile:
    """The effect is 2, the legal action 3, and it has begun."""
    file = to_be_warned(proposed(**told))
    begun = LegalActionTold(at=MONDAY, matter=KEY, known=Known())
    return heard(heard(file, begun), *more)


def heard(file: CaseFile, *facts: CaseFact) -> CaseFile:
    return h.recorded(file, *facts, by=SYSTEM)


def moved(stage: LegalStage = LegalStage.LISTED, **more: Any) -> LegalActionMoved:
    return LegalActionMoved.model_validate({"at": MONDAY + DAY, "matter": KEY, "stage": stage} | more)


IN_FORCE = LegalOrderMade(at=MONDAY + 2 * DAY, matter=KEY, stage=LegalStage.IN_FORCE)
OVER = LegalActionFinished(at=MONDAY + 3 * DAY, matter=KEY, stage=LegalStage.OVER)


def owed(file: CaseFile) -> set[str]:
    return {one.key for one in deadlines(file, EDITION)}


# legal-test


def test_without_a_warning_that_was_not_heeded_it_needs_something_very_serious() -> None:
    with pytest.raises(LegalTestNotMet, match="did not heed"):
        to_be_warned(proposed(very_serious=None))
    assert KEY in to_be_warned(proposed()).matters


@pytest.mark.parametrize(("heeded", "met"), [(False, True), (True, False)])
def test_a_warning_that_was_looked_at_and_not_heeded_is_enough_while_it_counts(*, heeded: bool, met: bool) -> None:
    reviewed = WarningReviewed(at=MONDAY + 2 * DAY, matter="warning-3", heeded=heeded, words="It goes on.")
    served = WarningServed(at=MONDAY + DAY, matter="warning-3", words="By hand.")
    file = h.recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    file = h.recorded(file, served, reviewed)
    later = proposed(at=MONDAY + 3 * DAY, very_serious=None)
    if met:
        assert h.recorded(file, later).legal
    else:
        with pytest.raises(LegalTestNotMet):
            h.recorded(file, later)
    lapsed = proposed(at=MONDAY + 400 * DAY, very_serious=None)
    with pytest.raises(LegalTestNotMet, match="still counts"):
        h.recorded(file, lapsed)


def test_the_effect_is_recorded_before_it() -> None:
    with pytest.raises(EffectNotRecorded):
        h.recorded(case_of(report(MONDAY, about=PAT)), proposed())


def test_it_is_against_somebody_who_is_complained_about() -> None:
    with pytest.raises(LegalTestNotMet, match="against whom"):
        to_be_warned(proposed(person="complainant"))
    nobody = h.recorded(case_of(report(MONDAY)), h.effect(MONDAY))
    refusal = refusal_now(nobody, LegalActionProposed, EDITION)
    assert refusal is not None
    assert refusal.sentence == "Nobody on this case is complained about."


# legal-remedies


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"remedy": "banishment"}, "is not one of these"),
        ({"remedy": "possession"}, "needs a notice of seeking possession"),
        ({"remedy": "demotion", "tenure": Tenure.STARTER}, "not for this tenure"),
        ({"born": date(2020, 1, 1)}, "under 10"),
    ],
)
def test_a_remedy_that_is_not_open_is_refused_on_the_case_already(told: dict[str, object], why: str) -> None:
    with pytest.raises(RemedyNotPossible, match=why):
        to_be_warned(proposed(**told))


def test_possession_begins_with_the_window_of_the_notice_that_was_served() -> None:
    file = h.recorded(
        to_be_warned(notice(MONDAY, Ground.GROUND_14, very_serious="Fire.")),
        agreed(MONDAY, "notice-3"),
        by=SUPERVISOR,
    )
    file = h.recorded(file, WarningServed(at=MONDAY + DAY, matter="notice-3", words="By hand."))
    file = h.recorded(file, proposed("possession", at=MONDAY + DAY))
    (begin,) = begun(file)
    assert isinstance(begin.begins, f.LegalActionBegun)
    assert begin.begins.known.window is not None
    assert begin.begins.known.window.opens == (MONDAY + DAY).date()


def begun(file: CaseFile) -> Iterator[Begin]:
    return (one for one in duties(file) if isinstance(one, Begin))


def test_it_begins_beside_the_case_once_under_a_reference_of_its_own() -> None:
    file = to_be_warned(proposed())
    (begin,) = begun(file)
    assert (begin.key, begin.opening.ref, begin.opening.case) == (KEY, f"{file.ref}-3", file.ref)
    assert isinstance(begin.begins, f.LegalActionBegun)
    assert (begin.begins.proposed_by, begin.begins.basis) == (OFFICER.id, f.Basis.VERY_SERIOUS)
    assert not list(begun(under_way()))


def test_several_run_side_by_side() -> None:
    file = h.recorded(to_be_warned(proposed()), proposed("injunction_with_arrest_or_exclusion"))
    assert [one.opening.ref for one in begun(file)] == [f"{file.ref}-3", f"{file.ref}-4"]


def test_nothing_heard_of_it_for_long_is_found_out_by_a_supervisor() -> None:
    silent = next(one for one in deadlines(under_way(), EDITION) if one.key == KEY)
    assert (silent.row, silent.owed_by) == ("legal-remedies", SUPERVISOR.role)
    later = next(one for one in deadlines(under_way(moved()), EDITION) if one.key == KEY)
    assert later.due > silent.due
    assert KEY not in owed(under_way(OVER))


# disability-meeting


def test_it_is_told_of_a_disability_and_of_the_meeting_about_it() -> None:
    told = NeedTold(at=MONDAY, person="perpetrator-1", kind="disability", words="As told.")
    file = h.recorded(under_way(), told)
    assert [one.news.known.meeting_needed for one in telling(file)] == [True]
    file = heard(file, LegalActionTold(at=MONDAY, matter=KEY, known=Known(held_up=(NEEDED,))))
    assert not list(telling(file))
    met = DisabilityMeetingHeld.model_validate(MEETING | {"at": MONDAY + DAY})
    assert [one.news.known.meeting_needed for one in telling(h.recorded(file, met))] == [False]


MEETING = {"person": "perpetrator-1", "goes_on": True} | dict.fromkeys(
    ("caused_by_it", "impairment", "addressed", "appropriate", "effect_on_neighbours", "proportionate", "besides"),
    "So.",
)


def telling(file: CaseFile) -> Iterator[Tell]:
    return (one for one in duties(file) if isinstance(one, Tell))


# witness-care


def hearing(*more: CaseFact) -> CaseFile:
    return under_way(moved(hearing=CourtDay(on=date(2023, 7, 3))), *more)


def test_the_court_s_day_makes_care_of_witnesses_due_before_on_and_after() -> None:
    due = {one.key: one.due for one in deadlines(hearing(), EDITION)}
    assert due[f"hearing-before:{KEY}:complainant"] == london(2023, 6, 26, 17)
    assert due[f"hearing-during:{KEY}:complainant"] == london(2023, 7, 3, 17)
    done = IN_FORCE.model_copy(
        update={"at": HEARD_AT, "hearing": CourtDay(on=date(2023, 7, 3), heard_at=HEARD_AT)}
    )
    assert f"hearing-after:{KEY}:complainant" in owed(hearing(done))


# closing


def test_a_case_closes_while_an_order_is_in_force_and_not_before() -> None:
    for file, still_open in (
        (under_way(), ["legal action"]),
        (under_way(IN_FORCE), []),
        (under_way(OVER), []),
    ):
        assert [one.words for one in open_matters(file)] == still_open


# each remedy, from its proposal to its end


REMEDIES = ("injunction", "injunction_with_arrest_or_exclusion", "possession", "demotion")
AFTER = HEARD_AT + DAY
WORDS = {"words": "So."}
ENDS: dict[str, tuple[tuple[Any, ...], LegalStage]] = {
    "granted": ((decided(), ended(AFTER, f.Ended.DISCHARGED)), LegalStage.OVER),
    "refused": ((decided(f.CourtOutcome.REFUSED), ended(AFTER)), LegalStage.OVER),
    "adjourned": ((f.CourtListed(at=HEARD_AT, on=date(2023, 9, 4)),), LegalStage.LISTED),
    "appealed": (
        (
            decided(),
            f.AppealLodged(at=AFTER, **WORDS),
            f.AppealDecided(at=AFTER + DAY, stands=True, **WORDS),
        ),
        LegalStage.IN_FORCE,
    ),
    "set aside": (
        (
            decided(),
            f.AppealLodged(at=AFTER, **WORDS),
            f.AppealDecided(at=AFTER + DAY, stands=False, **WORDS),
        ),
        LegalStage.OVER,
    ),
    "breached": ((decided(), f.OrderBreached(at=AFTER, **WORDS)), LegalStage.BREACHED),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("remedy", REMEDIES)
def test_each_remedy_is_carried_to_its_end_and_its_case_knows(remedy: str, end: str) -> None:
    facts, stage = ENDS[end]
    played = carried(remedy, *TO_COURT, *facts)
    (action,) = played.beside.values()
    assert (action.refused, action.file.stage) == ((), stage)
    assert action.file.told == action.file.said
    assert bool(played.file.legal) is (stage is not LegalStage.OVER)
    last = [one.fact for one in played.entries if isinstance(one.fact, LegalActionMoved | LegalOrderMade)]
    assert last[-1].stage is stage or stage is LegalStage.OVER


def carried(remedy: str, *facts: Any, recorded_at: datetime | None = None) -> Played:
    """The last of them is recorded as it happens, or then."""
    notice_of = {"possession": "notice_seeking_possession", "demotion": "notice_seeking_demotion"}.get(remedy)
    told: list[Entry | ToldBeside] = [entry(report(MONDAY - DAY, about=PAT)), entry(h.effect(MONDAY - DAY))]
    if notice_of is not None:
        serious = {"very_serious": "Fire.", "step": notice_of}
        told += [
            entry(notice(MONDAY - DAY, Ground.GROUND_14, **serious)),
            entry(agreed(MONDAY - DAY, "notice-4"), SUPERVISOR),
            entry(WarningServed(at=MONDAY - DAY, matter="notice-4", words="By hand.")),
        ]
    told.append(entry(proposed(remedy)))
    begun_by = simulate(empty_file(MONDAY.date()), told, until=MONDAY)
    assert begun_by.refused == ()
    (key,) = begun_by.beside
    learnt = [*(fact.at for fact in facts[:-1]), recorded_at or facts[-1].at]
    told += [
        ToldBeside(key, acted(number, fact, at))
        for number, (fact, at) in enumerate(zip(facts, learnt, strict=True))
    ]
    return simulate(empty_file(MONDAY.date()), told, until=told[-1].recorded_at)


def acted(number: int, fact: Any, recorded_at: datetime) -> f.LegalEntry:
    return f.LegalEntry(id=f"acted-{number}", by=SUPERVISOR, recorded_at=recorded_at, fact=fact)
