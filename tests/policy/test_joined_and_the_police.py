"""What the victims of a joined case say, where the police may be told. (police-with-consent)"""

from datetime import timedelta

import pytest

from policy.across import told_elsewhere
from policy.consents import said_last, victims_agree
from policy.facts import SYSTEM, Entry
from policy.facts.consent import ConsentGiven, ConsentRefused, Purpose
from policy.facts.parts import Part
from policy.facts.policing import CrimeAlleged
from policy.refusals import CaseNotJoined
from policy.refusals.conduct import NoConsentForPolice
from tests.given import case_of, entry, london, report
from tests.policy import happenings as h
from tests.policy.joined import OTHER, THIS, echoed, join, other_case, taken

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def test_what_the_victims_of_a_joined_case_say_after_it_joined_reaches_the_other() -> None:
    asked = case_of(
        report(MONDAY), CrimeAlleged(at=MONDAY, words="He took her bicycle."), h.police_not_wanted(MONDAY)
    )
    file, into = join(asked, other_case(report(MONDAY, "violence"), h.police_agreed(MONDAY)))
    assert victims_agree(into, Purpose.POLICE) is False
    yes = entry(h.police_agreed(MONDAY + 10 * DAY))
    (told,) = told_elsewhere(file, yes)
    file, into = taken(file, yes), taken(into, Entry(id=told.id, by=SYSTEM, recorded_at=yes.at, fact=told.fact))
    assert victims_agree(into, Purpose.POLICE) is True
    assert "police-referral" in h.owed(into)
    assert said_last(into) == {"police:complainant": True, f"police:{THIS}": True}
    assert told.fact.model_dump()["words"] != h.police_agreed(MONDAY).words


def test_the_word_of_a_joined_case_stays_when_somebody_turns_out_to_be_somebody_else() -> None:
    refused = case_of(report(MONDAY), CrimeAlleged(at=MONDAY, words="As told."), h.police_not_wanted(MONDAY))
    two = (h.taken_on(MONDAY, "victim-1", Part.VICTIM), h.identified(MONDAY, "victim-1", THIS))
    _, into = join(refused, other_case(report(MONDAY, "violence"), h.police_agreed(MONDAY), *two))
    known = h.recorded(into, h.identified(MONDAY + 10 * DAY, "victim-1", OTHER))
    assert victims_agree(known, Purpose.POLICE) is False


def test_nobody_but_the_system_says_what_another_case_s_victims_say() -> None:
    _, into = join(case_of(report(MONDAY)), other_case(report(MONDAY, "violence")))
    for ref, by in ((THIS, h.OFFICER), ("CW-2023-000009", SYSTEM)):
        said = h.police_agreed(MONDAY + 9 * DAY).model_copy(update={"from_case": ref})
        with pytest.raises(CaseNotJoined, match="recorded on that case"):
            h.recorded(into, said, by=by)


def test_a_no_to_every_agency_that_is_taken_back_on_a_joined_case_keeps_nobody_on_the_other() -> None:
    file, into = join(case_of(report(MONDAY)), other_case(report(MONDAY, "violence"), h.police_agreed(MONDAY)))
    none_told = ConsentRefused(at=MONDAY + 10 * DAY, purpose=Purpose.REFERRAL, words="Nobody.")
    again = ConsentGiven(at=MONDAY + 11 * DAY, purpose=Purpose.REFERRAL, words="All right.")
    file, into = echoed(file, into, none_told)
    assert victims_agree(into, Purpose.POLICE) is False
    _, into = echoed(file, into, again)
    assert victims_agree(into, Purpose.POLICE) is True


def test_a_refusal_says_whose_no_it_is() -> None:
    no = h.police_not_wanted(MONDAY)
    alone = case_of(report(MONDAY), no)
    with pytest.raises(NoConsentForPolice, match=r"^The victim does not want the police told\."):
        h.recorded(alone, h.police_referral(MONDAY))
    with pytest.raises(NoConsentForPolice, match=r"^A victim does not want the police told\."):
        h.recorded(alone, h.taken_on(MONDAY, "victim-1", Part.VICTIM), h.police_referral(MONDAY))
    _, into = join(alone, other_case(report(MONDAY, "violence"), h.police_agreed(MONDAY)))
    with pytest.raises(NoConsentForPolice, match=r"^A victim on a case that joined this one does not want"):
        h.recorded(into, h.police_referral(MONDAY + 10 * DAY))
