"""Whatever is recorded on a case and on the referral beside it, each knows of the other what it should."""

from datetime import datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.consents import agrees
from policy.facts import CaseFact, Entry
from policy.facts.consent import Purpose
from policy.permissions import may_record
from policy.referral.codes import ReferralStage
from policy.referral.facts import REFERRAL_FACT_TYPES, ReferralEntry
from policy.simulation import Happening, ToldBeside, simulate
from tests.given import SUPERVISOR, empty_file, entry, report
from tests.policy.random_cases import thoroughly
from tests.policy.random_referrals import CONSENTS, proposed
from tests.policy.referral.referring import MONDAY, empty
from tests.policy.referral.test_any_order_of_a_referral import WAITS, fact_of

DICE = st.randoms(use_true_random=True)
RECORDED = sorted(name for name in REFERRAL_FACT_TYPES if may_record(SUPERVISOR.role, name))
OPENING = empty_file(MONDAY.date())
HER = {"about": ("complainant",), "gateway": "consent", "lawful_reason": None}
AGENCIES = ("education", "victim_support", "witness_service")
UNREACHABLE = ("witness_service",)


def said(at: datetime, roll: Random) -> CaseFact:
    kind = roll.choice(CONSENTS)
    return kind.model_validate({"at": at, "purpose": Purpose.REFERRAL, "words": "So."})


@thoroughly
@given(DICE)
def test_each_knows_what_it_should_of_the_other(roll: Random) -> None:
    now = MONDAY
    yes = CONSENTS[0](at=now, purpose=Purpose.REFERRAL, words="Yes.")
    told: list[Happening] = [entry(report(now)), entry(yes)]
    told += [entry(proposed(OPENING, now, 0, agency=agency, **HER)) for agency in AGENCIES]
    keys = sorted(simulate(OPENING, told, unreachable=UNREACHABLE, until=now).beside)
    for number in range(40):
        now += roll.choice(WAITS)
        if roll.random() < 0.2:
            fact = said(now, roll) if roll.random() < 0.7 else proposed(OPENING, now, 0, **HER)
            told.append(Entry(id=f"on-{number}", by=SUPERVISOR, recorded_at=now, fact=fact))
            continue
        one = fact_of(roll.choice(RECORDED), empty(), now, roll)
        acted = ReferralEntry.model_validate(
            {"id": f"beside-{number}", "by": SUPERVISOR, "recorded_at": now, "fact": one}
        )
        told.append(ToldBeside(roll.choice(keys), acted))
    played = simulate(OPENING, told, unreachable=UNREACHABLE, until=now)
    for matter, referral in played.beside.items():
        on_case, file = played.file.referrals[matter], referral.file
        assert file.told == file.said
        assert (matter in played.file.matters) is (file.stage is not ReferralStage.OVER)
        if matter not in played.file.matters:
            continue
        assert on_case.begins is None
        assert on_case.told is bool(agrees(played.file, Purpose.REFERRAL, "complainant"))
        assert on_case.told or file.stage is ReferralStage.WITHDRAWN_TO_TELL
        taken_up = played.file.matters[matter].stage == "taken_up"
        assert taken_up or file.stage is not ReferralStage.TAKEN_UP
