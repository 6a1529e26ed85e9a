"""What one agency, group or purpose was told keeps nothing that is owed to another."""

from typing import Final

import pytest

from policy.facts import CaseFact
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.policing import PoliceToldOfWithdrawal
from policy.facts.referring import ReferralTakenUp, ReferralTold
from policy.facts.reporting import Reporter
from policy.ledger import Ended, Ending, Line, corrected
from tests.given import case_of, entry, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_referrals_on_a_case import proposed
from tests.policy.test_told_of_a_no import COUNCIL, HEARD, NO_MORE, YES, case, no, told
from tests.policy.warned import DAY, MONDAY

IN_TIME: Final = MONDAY + DAY
OF_POLICE: Final = ConsentGiven(at=IN_TIME, purpose=Purpose.POLICE, words="Yes.")
POLICE_HEARD: Final = PoliceToldOfWithdrawal(at=IN_TIME, words="The sergeant knows.")
TO_COUNCIL: Final = HEARD.model_copy(update={"at": IN_TIME})
FILES: Final = {
    "agency": (COUNCIL, (YES, told(), NO_MORE)),
    "group": ("group-refusal:group-2", (g.called(members=("council",)), no())),
    "police": ("police-withdrawal", (h.police_referral(MONDAY), no(purpose=Purpose.POLICE))),
}


@pytest.mark.parametrize(
    ("what", "fact", "better"),
    [
        ("agency", TO_COUNCIL, True),
        ("agency", TO_COUNCIL.model_copy(update={"agency": "education"}), False),
        ("group", g.told_of_refusal(IN_TIME, "group-2"), True),
        ("group", g.told_of_refusal(IN_TIME, "group-5"), False),
        ("agency", TO_COUNCIL.model_copy(update={"about": ("witness-1",)}), False),
        ("police", POLICE_HEARD, True),
        ("police", OF_POLICE, False),
    ],
    ids=["agency", "another-agency", "group", "another-group", "another-no", "police", "a-yes"],
)
def test_what_was_late_turns_out_better_by_what_was_told_of_it_alone(
    what: str, fact: CaseFact, better: bool
) -> None:
    key, facts = FILES[what]
    deadline = owed(case(*facts))[key]
    late = deadline.due + DAY
    ended = Ended(ending=Ending.LATE, by=fact.fact, at=late, recorded_at=late)
    line = Line(deadline=deadline, noticed_at=deadline.due, ended=ended)
    assert bool(corrected([line], entry(fact, recorded_at=late + DAY))) is better


def test_whoever_fills_the_victim_s_place_is_whom_the_agency_of_a_referral_knows() -> None:
    unknown = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    file = recorded(unknown, proposed(about=("victim",), gateway=Gateway.CRIME_AND_DISORDER_ACT))
    (matter,) = file.referrals
    begun = ReferralTold(at=MONDAY, matter=matter, stands=True, stays=True)
    taken_up = ReferralTakenUp(at=MONDAY, matter=matter)
    file = recorded(file, begun, taken_up, by=h.CASEWORK)
    found = recorded(file, h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))
    assert found.referrals[matter].knows == ("victim-1",)
