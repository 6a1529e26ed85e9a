"""police-with-consent: each case sees to the noes of its own people, also of what the police were told where it
has joined.
"""

from datetime import datetime
from typing import Final

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Actor, CaseFact, Entry, Role
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.consent import ConsentRefused, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.policing import PoliceReferralAnswered, PoliceReferralEnded, PoliceToldOfWithdrawal
from policy.facts.powers import ClosureAsked
from policy.facts.safety import PartnersConsulted
from policy.facts.wishing import ContactDeclined
from policy.permissions import may_record
from policy.refusals import FactBeforeTheReport, MatterNotOpen
from tests.given import OFFICER, SUPERVISOR, case_of, entry, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.joined import join, other_case, separate, taken
from tests.policy.test_told_of_a_no import told
from tests.policy.warned import DAY, MONDAY

VICTIM: Final = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
JOINED: Final = MONDAY + 9 * DAY
LATER: Final = JOINED + DAY
LIFE: Final = "life_at_risk"
KEY: Final = "police-withdrawal"
TOLD: Final = told(to="police", gateway=Gateway.PROTOCOL)


def no(at: datetime, person: str = "complainant", purpose: Purpose = Purpose.POLICE) -> ConsentRefused:
    return ConsentRefused(at=at, purpose=purpose, person=person, words="No.")


def heard(at: datetime) -> PoliceToldOfWithdrawal:
    return PoliceToldOfWithdrawal(at=at, words="The sergeant knows.")


def both(*ours: CaseFact, theirs: tuple[CaseFact, ...] = ()) -> tuple[CaseFile, CaseFile]:
    """A case that has joined another, and that one."""
    return join(recorded(case_of(report(MONDAY)), *ours), other_case(report(MONDAY, "violence"), *theirs))


def carried(file: CaseFile, into: CaseFile, fact: CaseFact, by: Actor = OFFICER) -> tuple[CaseFile, CaseFile]:
    """Both after the other case recorded it, and this one heard what that means for it."""
    one = entry(fact, id_=f"{type(fact).__name__}-{into.seq}").model_copy(update={"by": by})
    for echo in told_elsewhere(into, one):
        assert echo.ref == file.ref
        file = taken(file, Entry(id=echo.id, by=SYSTEM, recorded_at=one.recorded_at, fact=echo.fact))
    return file, taken(into, one)


# what was told before it joined stays its own to see to


def test_a_case_sees_to_a_no_to_what_it_told_the_police_before_it_joined() -> None:
    file, into = both(h.police_agreed(MONDAY), TOLD)
    assert KEY not in owed(file)
    refused = recorded(file, no(LATER))
    assert owed(refused)[KEY].owed.endswith(": the complainant")
    assert KEY not in owed(recorded(refused, heard(LATER + DAY)))
    assert KEY not in owed(carried(file, into, no(LATER))[1]), "victims there were not spoken of"


def test_what_a_supervisor_decided_holds_after_joining_and_for_no_no_that_comes_later() -> None:
    for_life = TOLD.model_copy(update={"lawful_reason": LIFE})
    start = recorded(case_of(report(MONDAY)), VICTIM, h.police_agreed(MONDAY, "victim-1"), no(MONDAY))
    decided = recorded(start, for_life, by=SUPERVISOR)
    file, into = join(decided, other_case(report(MONDAY, "violence")))
    assert KEY not in owed(file)
    assert KEY not in owed(into)
    assert KEY not in owed(recorded(file, no(LATER)))
    assert owed(recorded(file, no(LATER, "victim-1")))[KEY].owed.endswith(": victim 1")


def test_where_nobody_is_asked_any_more_a_no_to_every_agency_is_one_to_the_police() -> None:
    file, _ = both(h.police_agreed(MONDAY), TOLD)
    refused = recorded(file, no(LATER, purpose=Purpose.REFERRAL))
    assert KEY in owed(refused)
    assert KEY not in owed(recorded(refused, heard(LATER + DAY)))
    with pytest.raises(FactBeforeTheReport, match="Nobody had said no by then"):
        recorded(refused, heard(JOINED))


# what was told where it has joined


COUNCIL_GROUP: Final = g.called(LATER, about=("complainant",), members=("council",))


def group_ended(at: datetime) -> tuple[CaseFact, ...]:
    call = g.called(at, about=("complainant",))
    return (call, g.held(at, "group-3"), g.ended(at + 2 * DAY, "group-3", none_agreed=True))


WAYS: Final[dict[str, tuple[CaseFact, ...]]] = {
    "referral": (h.police_referral(LATER),),
    "disclosure": (told(LATER, to="police", gateway=Gateway.PROTOCOL),),
    "partners": (PartnersConsulted(at=LATER, partners=("police",), words="They watch."),),
    "closure": (ClosureAsked(at=LATER, asked_of="police", words="Dealing."),),
    "group": group_ended(LATER),
    "group that they came to": (COUNCIL_GROUP, g.held(LATER, "group-3")),
    "group that they were asked into": (
        COUNCIL_GROUP,
        g.arranged(LATER, "group-3", none_agreed=True, members=("council", "police")),
    ),
    "case review": (ToldInCaseReview(at=LATER, review="CR-2023-000001", to=("police",), told_at=LATER),),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_the_police_were_told_where_a_case_has_joined_it_hears_and_sees_to_its_own_noes(way: str) -> None:
    file, into = both(VICTIM)
    for fact in WAYS[way]:
        file, into = carried(file, into, fact, SYSTEM if way == "case review" else OFFICER)
    assert len(file.police_told.tellings) == 1
    first = recorded(file, no(LATER + 3 * DAY))
    assert owed(first)[KEY].owed.endswith(": the complainant")
    second = recorded(first, heard(LATER + 4 * DAY), no(LATER + 5 * DAY, "victim-1"))
    assert owed(second)[KEY].owed.endswith(": victim 1")
    assert KEY not in owed(into)
    apart, _ = separate(file, into)
    assert KEY in owed(recorded(apart, no(LATER + 6 * DAY)))


def test_of_what_they_were_told_there_before_it_joined_it_hears_nothing() -> None:
    file, into = both()
    file, into = carried(file, into, told(JOINED - DAY, to="police", gateway=Gateway.PROTOCOL))
    assert (file.police_told.tellings, len(into.police_told.tellings)) == ((), 1)


def test_what_was_taken_back_there_is_taken_back_here() -> None:
    file, into = carried(*both(), h.police_referral(LATER))
    back = PoliceReferralEnded(
        at=LATER + DAY, matter=next(iter(into.matters)), reasons="Sent twice.", taken_back=True
    )
    file, into = carried(file, into, back)
    assert KEY not in owed(recorded(file, no(LATER + 2 * DAY)))


def test_a_decision_there_covers_the_noes_here_that_we_had_learnt_by_then() -> None:
    for_life = h.police_referral(LATER).model_copy(update={"lawful_reason": LIFE})
    file, into = both(VICTIM, no(MONDAY))
    file, into = carried(file, into, for_life, SUPERVISOR)
    assert KEY not in owed(file)
    assert owed(recorded(file, no(LATER + DAY, "victim-1")))[KEY].owed.endswith(": victim 1")


def test_what_the_police_were_told_there_against_a_no_here_a_supervisor_sees_to() -> None:
    file, into = both()
    late = told(LATER, to="police", gateway=Gateway.PROTOCOL, already_told=True)
    file, into = carried(recorded(file, no(JOINED)), into, late)
    assert owed(file)[KEY].owed_by is Role.SUPERVISOR


# groups


def called_and_met(file: CaseFile, into: CaseFile) -> tuple[CaseFile, CaseFile]:
    call, meeting, _ = WAYS["group"]
    return carried(*carried(file, into, call), meeting)


def test_each_no_to_what_a_group_there_was_told_is_owed_on_its_own_case_also_while_the_group_goes_on() -> None:
    file, into = called_and_met(*both(VICTIM))
    first = recorded(file, no(LATER + DAY))
    into = hears(first, into, no(LATER + DAY))
    assert owed(first)[KEY].owed.endswith(": the complainant")
    assert "group-refusal:group-3" not in owed(into)
    second = recorded(first, heard(LATER + DAY), no(LATER + 2 * DAY, "victim-1"))
    assert owed(second)[KEY].owed.endswith(": victim 1")
    apart, alone = separate(second, into)
    assert owed(apart)[KEY].owed.endswith(": victim 1")
    assert carried(apart, alone, WAYS["group"][2])[0] == apart, "the end of the group tells nothing new"


def test_a_group_that_met_before_a_case_joined_hears_of_no_no_there_and_ends() -> None:
    call, meeting = g.called(MONDAY, about=("complainant",)), g.held(MONDAY, "group-2")
    file, into = both(theirs=(call, meeting))
    into = hears(file, into, no(LATER))
    assert "group-refusal:group-2" not in owed(into)
    assert KEY not in owed(recorded(file, no(LATER)))
    assert recorded(into, g.ended(LATER, "group-2", none_agreed=True)).groups == {}


def hears(file: CaseFile, into: CaseFile, said: ConsentRefused) -> CaseFile:
    """The other case, what its joined case's victims say."""
    for echo in told_elsewhere(file, entry(said, id_=f"said-{into.seq}")):
        into = taken(into, Entry(id=echo.id, by=SYSTEM, recorded_at=said.at, fact=echo.fact))
    return into


# nobody is late at once, and nobody is sent the wrong way


def test_a_no_to_every_agency_is_one_to_the_police_from_when_nobody_is_asked_any_more() -> None:
    answered = PoliceReferralAnswered(at=MONDAY, matter="police-referral-3", words="A crime number.")
    told_them = (h.police_agreed(MONDAY), h.police_referral(MONDAY), answered)
    refused = (*told_them, no(MONDAY + DAY, purpose=Purpose.REFERRAL))
    alone = recorded(case_of(report(MONDAY)), *refused, ContactDeclined(at=MONDAY + 2 * DAY, words="No calls."))
    file, _ = join(alone, other_case(report(MONDAY, "violence")))
    assert owed(file)[KEY].due == london(2023, 6, 15, 17)


def test_who_records_on_the_other_case_that_the_police_heard_is_told_where_the_no_stands() -> None:
    file, into = carried(*both(), told(LATER, to="police", gateway=Gateway.PROTOCOL))
    into = hears(file, into, no(LATER))
    with pytest.raises(MatterNotOpen, match=f"a victim on {file.ref}, which joined this case: record it there"):
        recorded(into, heard(LATER + DAY))


def test_what_a_case_hears_of_the_police_is_said_by_the_system_alone() -> None:
    assert not may_record(Role.SUPERVISOR, "police_told_where_joined")
