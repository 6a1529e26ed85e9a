"""Whatever is recorded on a legal action, in whatever order: refused or taken, and never waiting without a day."""

from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.facts import Fact
from policy.facts.disability import HeldUp, WhyNot
from policy.facts.proceedings import Known
from policy.legal_action import facts as f
from policy.legal_action import folding
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalEntry
from policy.refusals import Refused
from policy.tenure import Tenure
from policy.working_days import london_day
from tests.given import EDITION, SUPERVISOR
from tests.policy.legal_action.acting import MONDAY, empty, owed, proposed, told
from tests.policy.random_cases import thoroughly

DICE = st.randoms(use_true_random=True)
KINDS = [name for name in LEGAL_FACT_TYPES if name not in {"legal_action_begun", "case_told", "deadline_missed"}]
REMEDIES = ("injunction", "injunction_with_arrest_or_exclusion", "possession", "demotion")
WAITS = (timedelta(0), timedelta(hours=9), timedelta(days=1), timedelta(days=6), timedelta(days=50))


def begun(roll: Random) -> LegalFile:
    remedy = roll.choice(REMEDIES)
    return told(
        empty(),
        proposed(
            remedy,
            Tenure.ASSURED,
            born=roll.choice((None, None, date(2006, 1, 1))),
            meeting_needed=roll.random() < 0.2,
        ),
    )


def times(at: datetime, roll: Random) -> tuple[HeldUp, ...]:
    until = roll.choice((None, at))
    return (HeldUp(why=roll.choice(list(WhyNot)), since=at - timedelta(days=7), until=until),) * (
        roll.random() < 0.3
    )


def fact_of(kind: str, at: datetime, roll: Random) -> Fact:
    until = roll.choice((None, london_day(at) + timedelta(days=roll.randrange(500))))
    more: dict[str, object] = {
        "words": "So.",
        "reasons": "So.",
        "known": Known(held_up=times(at, roll)),
        "by_when": roll.choice((None, london_day(at) + timedelta(days=roll.randrange(1, 40)))),
        "goes_on": roll.random() < 0.9,
        "view": roll.choice((*f.View, f.View.ENOUGH, f.View.ENOUGH)),
        "court": "A county court",
        "on": london_day(at) + timedelta(days=roll.randrange(40)),
        "outcome": roll.choice((*f.CourtOutcome, f.CourtOutcome.GRANTED, f.CourtOutcome.GRANTED)),
        "order": f.Order(until=until, exclusion=roll.random() < 0.2),
        "appeal": roll.choice((None, None, True, False)),
        "in_court": roll.choice((None, None, True, False)),
        "to_court": roll.random() < 0.5,
        "stands": roll.random() < 0.5,
        "how": roll.choice(list(f.Ended)),
    }
    fields = LEGAL_FACT_TYPES[kind].model_fields
    return LEGAL_FACT_TYPES[kind].model_validate({"at": at, **{k: v for k, v in more.items() if k in fields}})


@thoroughly
@given(DICE)
def test_it_is_refused_or_taken_and_until_it_is_over_something_is_owed_by_a_day(roll: Random) -> None:
    file, now = begun(roll), MONDAY
    for _ in range(60):
        now += roll.choice(WAITS)
        happened = now - roll.choice((timedelta(0), timedelta(0), *WAITS))
        fact = fact_of(roll.choice(KINDS), happened, roll)
        try:
            after = told(file, fact, by=SUPERVISOR, recorded_at=now)
        except Refused:
            continue
        assert after.seq == file.seq + 1
        assert after.said is not None
        assert after.said.since >= (file.said or after.said).since, "the case hears of nothing earlier"
        assert not (after.breached or after.in_court) or after.order is not None
        assert bool(owed(after)) is not after.over
        assert set(after.clocks) == set(owed(after))
        again = LegalFile.model_validate_json(file.model_dump_json())
        entry = LegalEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": SUPERVISOR, "recorded_at": now, "fact": fact}
        )
        assert folding.after(again, entry, EDITION) == after
        file = after
