"""Whatever is recorded on a case and on the legal action beside it, each knows of the other what it should."""

from datetime import datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.facts import CaseFact, Entry
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.needs import NeedTold
from policy.facts.proceedings import LegalStage
from policy.legal_action.beginning import known_now
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalEntry
from policy.simulation import Happening, ToldBeside, simulate
from tests.given import EDITION, SUPERVISOR, empty_file, entry, report
from tests.policy import happenings as h
from tests.policy.legal_action.test_any_order_of_an_action import WAITS, fact_of
from tests.policy.random_cases import thoroughly
from tests.policy.random_proceedings import proposed
from tests.policy.test_legal_action_on_a_case import MEETING
from tests.policy.warned import MONDAY, PAT

DICE = st.randoms(use_true_random=True)
RECORDED = sorted(LEGAL_FACT_TYPES.keys() - {"legal_action_begun", "case_told", "case_learnt", "deadline_missed"})
AGAINST_PAT = {"remedy": "injunction", "person": "perpetrator-1", "very_serious": "A knife."}
OPENING = empty_file(MONDAY.date())


def on_the_case(number: int, roll: Random, at: datetime) -> CaseFact:
    told: list[CaseFact] = [
        NeedTold.model_validate({"at": at, "person": "perpetrator-1", "kind": "disability", "words": "So."}),
        DisabilityMeetingHeld.model_validate(MEETING | {"at": at, "goes_on": roll.random() < 0.8}),
        proposed(OPENING, at, number, **AGAINST_PAT),
    ]
    return roll.choice(told)


@thoroughly
@given(DICE)
def test_each_knows_what_it_should_of_the_other(roll: Random) -> None:
    now = MONDAY
    start = (report(MONDAY, about=PAT), h.effect(MONDAY))
    told: list[Happening] = [*(entry(one) for one in start), entry(proposed(OPENING, MONDAY, 0, **AGAINST_PAT))]
    for number in range(40):
        now += roll.choice(WAITS)
        if roll.random() < 0.2:
            fact = on_the_case(number, roll, now)
            told.append(Entry(id=f"on-{number}", by=SUPERVISOR, recorded_at=now, fact=fact))
            continue
        said = fact_of(roll.choice(RECORDED), now, roll)
        acted = LegalEntry.model_validate(
            {"id": f"beside-{number}", "by": SUPERVISOR, "recorded_at": now, "fact": said}
        )
        told.append(ToldBeside("legal-action-4", acted))
    played = simulate(OPENING, told, until=now)
    assert played.beside
    for matter, action in played.beside.items():
        on_case = played.file.legal.get(matter)
        file = action.file
        assert file.told == file.said
        assert (on_case is None) is (file.stage is LegalStage.OVER)
        assert (matter in played.file.matters) is (on_case is not None)
        for key, day in ((matter, file.hearing), (f"{matter}-appeal", file.appeal_hearing)):
            known = played.file.hearings.get(key)
            assert (known.on if known else None) == day.on
            assert (known is not None and known.held_at is not None) is (day.heard_at is not None)
        if on_case is not None:
            assert on_case.begins is None
            assert on_case.told == file.known == known_now(played.file, on_case, EDITION)
