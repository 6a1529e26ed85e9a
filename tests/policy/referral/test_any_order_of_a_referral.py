"""Whatever is recorded on a referral, in whatever order: refused or taken, and never waiting without a day."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.editions.agencies import AgencyChannel
from policy.facts import Fact
from policy.facts.disclosing import Gateway
from policy.referral import folding
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.referral.duties import SendReferral, duties
from policy.referral.facts import REFERRAL_FACT_TYPES, CaseTold, ReferralEntry
from policy.referral.referral import ReferralFile
from policy.refusals import Refused
from policy.working_days import london_day
from tests.given import EDITION, OFFICER
from tests.policy.random_cases import thoroughly
from tests.policy.referral.referring import MONDAY, begun, empty, owed, told

DICE = st.randoms(use_true_random=True)
KINDS = [name for name in REFERRAL_FACT_TYPES if name not in {"referral_begun", "case_told", "deadline_missed"}]
WAITS = (timedelta(0), timedelta(hours=9), timedelta(days=1), timedelta(days=6), timedelta(days=50))


def any_begun(roll: Random) -> ReferralFile:
    return told(
        empty(),
        begun(
            agency=roll.choice(EDITION.agencies).key,
            by_channel=roll.choice(list(AgencyChannel)),
            gateway=roll.choice((*Gateway, Gateway.CONSENT, Gateway.CONSENT)),
            overridden=roll.random() < 0.2,
        ),
    )


def fact_of(kind: str, file: ReferralFile, at: datetime, roll: Random) -> Fact:
    on = london_day(at) + timedelta(days=roll.randrange(-1, 30))
    more: dict[str, object] = {
        "words": "So.",
        "reasons": "So.",
        "stands": roll.random() < 0.5,
        "stays": roll.random() < 0.5,
        "key": roll.choice((file.sending_key, "send-1")),
        "in_doubt": roll.random() < 0.3,
        "taken_up": roll.random() < 0.8,
        "by_when": roll.choice((None, None, on)),
        "outcome": roll.choice(list(ReferralOutcome)),
    }
    fields = REFERRAL_FACT_TYPES[kind].model_fields
    return REFERRAL_FACT_TYPES[kind].model_validate({"at": at, **{k: v for k, v in more.items() if k in fields}})


def hold(before: ReferralFile, file: ReferralFile, kind: str) -> None:
    assert file.seq == before.seq + 1
    assert bool(owed(file)) is not file.over
    assert set(file.clocks) == set(owed(file))
    assert (file.outcome is not None) is (file.stage in {ReferralStage.OVER, ReferralStage.WITHDRAWN_TO_TELL})
    sends = [one for one in duties(file) if isinstance(one, SendReferral)]
    assert not sends or file.stage is ReferralStage.TO_SEND
    if before.over:
        assert file.over or kind in {"referral_sent", "referral_not_delivered"}
    if file.since and before.since:
        assert file.since >= before.since


@thoroughly
@given(DICE)
def test_it_is_refused_or_taken_and_until_it_is_over_something_is_owed_by_a_day(roll: Random) -> None:
    file, now = any_begun(roll), MONDAY
    for _ in range(60):
        now += roll.choice(WAITS)
        kind = roll.choice(KINDS)
        fact = fact_of(kind, file, now, roll)
        try:
            after = told(file, fact)
        except Refused:
            continue
        hold(file, after, kind)
        again = ReferralFile.model_validate_json(file.model_dump_json())
        entry = ReferralEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": OFFICER, "recorded_at": now, "fact": fact}
        )
        assert folding.after(again, entry, EDITION) == after
        file = after


@thoroughly
@given(DICE)
def test_the_case_hears_of_the_end_and_each_thing_that_it_hears_has_its_own_key(roll: Random) -> None:
    file, now, heard = any_begun(roll), MONDAY, {}
    for _ in range(60):
        now += roll.choice(WAITS)
        try:
            file = told(file, fact_of(roll.choice(KINDS), file, now, roll))
        except Refused:
            continue
        for duty in duties(file):
            if not isinstance(duty, SendReferral):
                assert heard.setdefault(duty.key, duty.said) == duty.said
                if roll.random() < 0.5:
                    file = told(file, CaseTold(at=now, said=duty.said, reached=roll.random() < 0.9))
        assert file.finished is (file.over and file.told == file.said)
