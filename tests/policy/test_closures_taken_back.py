"""closing-letter: a proposed closure does not outlast what it did not know of."""

from datetime import timedelta

import pytest

from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.needs import DomesticAbuseRecognised, NeedTold
from policy.facts.parts import Part
from policy.facts.people import Party
from policy.facts.policing import CrimeAlleged
from tests.given import assessed, case_of, contact, london, report
from tests.policy.happenings import (
    closed,
    incident,
    incident_separated,
    joined,
    not_told,
    proposal,
    recorded,
    report_joined,
    taken_on,
)
from tests.policy.random_safety import considered, risk

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
NOW = MONDAY + 2 * DAY
IN_DANGER = considered(NOW, 3).model_copy(update={"in_danger": True})
ILL = NeedTold(at=MONDAY, kind="mental_health", words="She told us.")

PROPOSED = recorded(
    case_of(report(MONDAY, about=Party()), incident(MONDAY), contact(MONDAY), assessed(MONDAY)),
    not_told(MONDAY),
    proposal(MONDAY + DAY),
)


@pytest.mark.parametrize(
    "news",
    [
        DomesticAbuseRecognised(at=NOW, words="She said."),
        CrimeAlleged(at=NOW, words="He hit her."),
        ILL.model_copy(update={"at": NOW}),
        IN_DANGER,
        taken_on(NOW, "victim-1", Part.VICTIM),
        ILL.model_copy(update={"at": NOW, "person": "perpetrator-1"}),
        assessed(NOW),
        report_joined(NOW),
        incident_separated(NOW, "the newest", PROPOSED),
        joined(NOW),
    ],
    ids=[
        "abuse",
        "a crime",
        "vulnerable",
        "danger",
        "another victim",
        "vulnerable too",
        "an assessment",
        "another case",
        "an incident less",
        "a joining",
    ],
)
def test_abuse_a_crime_danger_another_victim_and_what_makes_one_vulnerable_take_it_back(news: CaseFact) -> None:
    file = recorded(PROPOSED, news)
    assert PROPOSED.proposed is not None
    assert file.proposed is None
    assert all(duty.kind is not LetterKind.CLOSING_LETTER for duty in duties(file))


@pytest.mark.parametrize(
    "told",
    [
        NeedTold(at=NOW, kind="reading", words="Small print."),
        ILL.model_copy(update={"at": NOW, "words": "As before."}),
        considered(NOW, 1),
        taken_on(NOW, "witness-1", Part.WITNESS),
    ],
    ids=["another need", "known already", "no danger", "a witness"],
)
def test_what_says_nothing_new_of_the_case_does_not(told: CaseFact) -> None:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY), ILL, risk(MONDAY))
    assert recorded(file, proposal(MONDAY + DAY), told).proposed is not None


def test_the_need_of_one_says_nothing_of_another_s() -> None:
    file = case_of(report(MONDAY, about=Party()), contact(MONDAY), assessed(MONDAY), ILL, risk(MONDAY))
    file = recorded(file, not_told(MONDAY), proposal(MONDAY + DAY))
    theirs = ILL.model_copy(update={"at": NOW, "person": "perpetrator-1"})
    assert file.proposed is not None
    assert recorded(file, theirs).proposed is None


def test_a_case_that_closes_in_another_way_sends_no_letter_of_the_proposed_one() -> None:
    file = recorded(PROPOSED, closed(NOW, Closing.DEALT_WITH))
    assert [duty.kind for duty in duties(file)] == [LetterKind.ACKNOWLEDGEMENT, LetterKind.CLOSING_NOTE]
