"""What is shown before recording is what recording does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from policy.case import CASE
from policy.duties import SendLetter, duties
from policy.facts import Entry
from policy.facts.base import Fact
from policy.facts.letters import LetterAskedFor, LetterKind
from policy.legal_action.facts import LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from policy.preview import preview
from policy.refusals import Refused
from tests.given import EDITION, OFFICER, SUPERVISOR, contact, empty_file, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import REVIEWED, empty, proposed, told
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import LIVES, Life, lived

NOON = datetime(2024, 6, 3, 11, 0, tzinfo=UTC)


def entry(fact: Fact) -> Entry:
    return Entry.model_validate({"id": fact.fact, "by": OFFICER, "recorded_at": fact.at, "fact": fact})


FILE = CASE.after(empty_file(NOON.date()), entry(report(NOON)))


@thoroughly
@given(LIVES)
def test_it_refuses_what_is_refused_and_tells_of_every_day_and_letter_that_changes(life: Life) -> None:
    for moment in lived(life):
        if moment.after is moment.before:
            with pytest.raises(Refused):
                preview(CASE, moment.before, moment.entry)
            continue
        shown = preview(CASE, moment.before, moment.entry)
        was = {one.key: one for one in CASE.deadlines(moment.before)}
        now = {one.key: one for one in CASE.deadlines(moment.after)}
        assert {one.key for one in shown.new} == now.keys() - was.keys()
        assert len(shown.kept) == len(was.keys() - now.keys())
        assert len(shown.moved) == sum(was[key].due != now[key].due for key in was.keys() & now.keys())
        letters = {one.key for one in duties(moment.after) if isinstance(one, SendLetter)}
        assert len(shown.letters) == len(letters - {one.key for one in duties(moment.before)})


def test_a_contact_ends_what_was_owed_and_begins_the_next() -> None:
    shown = preview(CASE, FILE, entry(contact(NOON)))
    assert "Contact the complainant" in shown.kept
    assert not shown.nothing


def test_hate_is_said_to_stay() -> None:
    shown = preview(CASE, FILE, entry(h.hate(NOON)))
    assert (shown.becomes_hate, shown.becomes_serious) == (True, True)


def test_who_outside_is_told_is_said_by_name_and_about_whom() -> None:
    agreed = CASE.after(FILE, entry(h.police_agreed(NOON)))
    shown = preview(CASE, agreed, entry(h.police_referral(NOON)))
    assert shown.tells is not None
    (police,) = [one.name for one in EDITION.agencies if one.key == "police"]
    assert shown.tells.to == (police,)
    assert shown.tells.about == (), "everybody on it"
    assert preview(CASE, FILE, entry(contact(NOON))).tells is None


def test_a_letter_is_named_as_officers_call_it() -> None:
    asked = LetterAskedFor(at=NOON, kind=LetterKind.UPDATE, own_words="We rang.")
    (letter,) = preview(CASE, FILE, entry(asked)).letters
    assert (letter.kind, letter.to) == ("letter that says how things stand", "the complainant")


def test_beside_a_case_it_tells_of_days_and_refuses_too() -> None:
    action = told(empty(), proposed())
    reviewed = LegalEntry(id="reviewed", by=SUPERVISOR, recorded_at=REVIEWED.at, fact=REVIEWED)
    shown = preview(LEGAL_ACTION, action, reviewed)
    assert shown.stage == "reviewed"
    assert shown.kept
    assert shown.new
    with pytest.raises(Refused):
        preview(LEGAL_ACTION, told(action, REVIEWED), reviewed)
