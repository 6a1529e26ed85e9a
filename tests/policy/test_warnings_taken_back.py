"""formal-warnings: whoever was given what is taken back is told that it no longer stands."""

import pytest

from letters.telling import Contacts, values_for
from policy.duties import duties
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.parts import Leaving
from policy.refusals import CaseNotReadyToClose
from tests.given import SUPERVISOR, assessed, contact, entry, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.warned import (
    DAY,
    MONDAY,
    PAT,
    agreed,
    letter,
    served,
    taken_back,
    to_be_warned,
    told_so,
    warned_by_post,
    with_notice,
)


def test_whoever_was_given_what_is_taken_back_is_written_to_and_told_when_it_was_and_not_why() -> None:
    file = recorded(warned_by_post(), taken_back(MONDAY + 2 * DAY, "warning-3"))
    assert owed(file)["warning-3"].owed == (
        "Tell whoever was given the warning letter that it no longer stands, or see that the letter was posted"
    )
    assert owed(file)["warning-3"].due == london(2023, 6, 14, 17)
    assert file.warnings == {}
    (duty,) = [one for one in duties(file) if one.kind is LetterKind.WARNING_TAKEN_BACK]
    assert (duty.key, duty.to, duty.row) == ("warning-taken-back-7", "perpetrator-1", "formal-warnings")
    proposed = entry(letter(MONDAY), id_=duty.about)
    told = values_for(duty, file, [proposed], Contacts("The team", "01632 960 000", "Council", "Review"))
    assert told == {
        "officer": "The team",
        "officer_phone": "01632 960 000",
        "what": "formal warning",
        "given_on": "Tuesday 6 June 2023",
    }
    posted = h.ready_to_post(MONDAY + 2 * DAY, duty.key), h.sent(MONDAY + 3 * DAY, duty.key)
    assert "warning-3" not in owed(recorded(file, *posted))


def test_without_an_address_somebody_tells_them_that_it_was_taken_back() -> None:
    file = recorded(to_be_warned(letter(MONDAY), about=PAT.model_copy(update={"address": ()})))
    file = recorded(recorded(file, agreed(MONDAY, "warning-3"), by=SUPERVISOR), served(MONDAY, "warning-3"))
    file = recorded(file, taken_back(MONDAY, "warning-3"))
    assert [one.kind for one in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]
    with pytest.raises(CaseNotReadyToClose, match="formal warning"):
        recorded(file, contact(MONDAY), assessed(MONDAY), h.closed(MONDAY, Closing.DEALT_WITH))
    assert "warning-3" not in owed(recorded(file, told_so(MONDAY, "warning-3")))


def test_what_they_were_told_of_a_notice_by_hand_is_not_posted_as_well() -> None:
    file = recorded(with_notice(), taken_back(MONDAY + 8 * DAY, "notice-7"))
    assert owed(file)["notice-7"].due == london(2023, 6, 20, 17)
    assert [one.kind for one in duties(file)][1:] == [LetterKind.WARNING_TAKEN_BACK]
    file = recorded(file, told_so(MONDAY + 8 * DAY, "notice-7"))
    assert "notice-7" not in owed(file)
    assert [one.kind for one in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]


def test_a_notice_that_had_lapsed_is_not_late_at_once_when_it_is_taken_back() -> None:
    file = recorded(with_notice(), taken_back(london(2024, 7, 1), "notice-7"))
    assert owed(file)["notice-7"].due == london(2024, 7, 8, 17)


def test_what_was_never_given_to_anybody_is_taken_back_without_telling_them() -> None:
    file = recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    assert "warning-3" not in owed(recorded(file, taken_back(MONDAY, "warning-3")))


def test_whoever_was_given_what_was_meant_for_somebody_else_is_told_by_hand() -> None:
    file = recorded(warned_by_post(), h.left(MONDAY + 2 * DAY, "perpetrator-1", Leaving.BY_MISTAKE))
    file = recorded(file, taken_back(MONDAY + 2 * DAY, "warning-3"))
    assert owed(file)["warning-3"].stage == "taken-back"
    assert [one.kind for one in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]
