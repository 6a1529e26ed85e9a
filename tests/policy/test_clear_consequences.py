"""clear-consequences and signposting: who is complained about is told where they stand; help is a closed list."""

from datetime import timedelta

import pytest

from letters.telling import Contacts, values_for
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.consequences import ABOUT
from policy.facts.letters import LetterKind
from policy.facts.parts import Leaving
from policy.facts.people import Means, Party
from policy.facts.signposting import Signposted
from policy.facts.wishing import ContactDeclined
from policy.ledger import Ending, lines
from policy.refusals import LetterMayIdentify, PersonCannotBeWrittenTo, SignpostNotKnown
from tests.given import EDITION, case_of, entry, london, report
from tests.policy.happenings import (
    identified,
    in_doubt,
    left,
    not_sent,
    not_taken,
    owed,
    ready_to_post,
    recorded,
    sent,
    told_off,
)

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
KEY = "to-perpetrator-2"
TO_POST = "to-perpetrator-3"
NEIGHBOUR = Party(name="Pat Sample", address=("3 Invented Row", "Sevenoaks"))
CONTACTS = Contacts(officer="Sam", officer_phone="01632 960123", council="The council", case_review="Ring them")


def known() -> CaseFile:
    return case_of(report(MONDAY, about=NEIGHBOUR))


def test_a_letter_to_the_perpetrator_goes_to_them_by_post_and_not_to_the_complainant() -> None:
    duty = next(d for d in duties(recorded(known(), told_off(MONDAY))) if d.kind is LetterKind.TO_PERPETRATOR)
    assert (duty.key, duty.to, duty.means, duty.row) == (KEY, ABOUT, Means.POST, "clear-consequences")
    assert all(d.to == "complainant" for d in duties(known()))


def test_it_says_what_was_alleged_what_was_decided_and_what_happens_next_and_nothing_of_the_report() -> None:
    told = entry(told_off(MONDAY), id_="the fact")
    file = recorded(known(), told.fact)
    duty = next(d for d in duties(file) if d.to == ABOUT).model_copy(update={"about": "the fact"})
    assert values_for(duty, file, [told], CONTACTS) == {
        "officer": "Sam",
        "officer_phone": "01632 960123",
        "alleged": ["Shouting at night."],
        "decided": ["We believe it."],
        "happens_next": ["We visit on Friday."],
    }


def test_it_is_refused_where_there_is_no_address() -> None:
    for about in (None, Party(name="Pat Sample")):
        with pytest.raises(PersonCannotBeWrittenTo):
            recorded(case_of(report(MONDAY, about=about)), told_off(MONDAY))
    with pytest.raises(PersonCannotBeWrittenTo, match="lodger has no address"):
        recorded(known(), told_off(MONDAY).model_copy(update={"person": "lodger"}))


def test_it_is_refused_until_somebody_has_read_it_for_what_would_give_the_complainant_away() -> None:
    with pytest.raises(LetterMayIdentify) as refused:
        recorded(known(), told_off(MONDAY, nothing_identifies=False))
    assert refused.value.refusal.missing == ("that nothing in it gives away who complained",)


def test_it_is_owed_until_it_was_posted_and_made_out_again_to_the_same_reader() -> None:
    file = recorded(known(), told_off(MONDAY), ready_to_post(MONDAY, KEY))
    assert owed(file)[f"letter:{KEY}"].row == "clear-consequences"
    again = recorded(file, not_sent(MONDAY + DAY, KEY))
    assert [d.to for d in duties(again) if d.kind is LetterKind.TO_PERPETRATOR] == [ABOUT]
    assert KEY not in recorded(file, sent(MONDAY + DAY, KEY)).letters


def test_a_complainant_who_wants_no_contact_does_not_keep_it_from_going() -> None:
    file = recorded(known(), ContactDeclined(at=MONDAY, words="No letters."), told_off(MONDAY + DAY))
    assert [d.kind for d in duties(file)] == [LetterKind.TO_PERPETRATOR]


def test_what_comes_back_from_them_changes_nothing_for_the_complainant() -> None:
    file = recorded(known(), told_off(MONDAY))
    assert recorded(file, not_taken(MONDAY + DAY, KEY)).writes_by is file.writes_by


# signposting


def test_help_that_was_offered_is_of_the_edition_s_list() -> None:
    offered = Signposted(at=MONDAY, agencies=("victim_support", "council_noise_team"))
    assert recorded(known(), offered).seq == 2
    with pytest.raises(SignpostNotKnown, match="Not in our list: the_pub"):
        recorded(known(), Signposted(at=MONDAY, agencies=("the_pub",)))
    with pytest.raises(SignpostNotKnown, match="Say which help"):
        recorded(known(), Signposted(at=MONDAY, agencies=()))


def test_each_kind_of_case_has_help_of_its_own_beside_what_is_for_all() -> None:
    for_all = {s.key for s in EDITION.signposts if not s.categories and not s.domestic_abuse}
    assert {s.key for s in EDITION.signposts_for(())} == for_all
    assert {s.key for s in EDITION.signposts_for(("hate",))} == for_all | {"true_vision"}
    assert {s.key for s in EDITION.signposts_for((), abuse=True)} == for_all | {"domestic_abuse_helpline"}


def test_signposts_name_categories_of_the_edition() -> None:
    known_keys = {category.key for category in EDITION.categories}
    assert all(set(signpost.categories) <= known_keys for signpost in EDITION.signposts)
    assert len({signpost.key for signpost in EDITION.signposts}) == len(EDITION.signposts)


@pytest.mark.parametrize("why", Leaving)
def test_nobody_is_accused_in_writing_who_is_no_longer_on_the_case(why: Leaving) -> None:
    with pytest.raises(PersonCannotBeWrittenTo):
        recorded(known(), left(MONDAY, ABOUT, why), told_off(MONDAY))


def test_nobody_is_accused_in_writing_at_the_address_of_somebody_else() -> None:
    first, another = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
    named = recorded(known(), identified(MONDAY, ABOUT, first))
    assert recorded(named, told_off(MONDAY)).letters
    with pytest.raises(PersonCannotBeWrittenTo):
        recorded(named, identified(MONDAY, ABOUT, another), told_off(MONDAY))


FIRST, ANOTHER = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
KNOWN = [why for why in Leaving if why is not Leaving.NOT_FOUND]
"""Why somebody leaves whom we know."""

NOT_THERE = (*(left(MONDAY + DAY, ABOUT, why) for why in KNOWN), identified(MONDAY + DAY, ABOUT, ANOTHER))


def written_to() -> CaseFile:
    return recorded(known(), identified(MONDAY, ABOUT, FIRST), told_off(MONDAY))


@pytest.mark.parametrize("gone", NOT_THERE, ids=str)
def test_what_accuses_somebody_does_not_go_once_they_have_left_or_are_somebody_else(gone: CaseFact) -> None:
    assert list(recorded(written_to(), gone).letters) == ["acknowledgement"]
    posted = recorded(written_to(), ready_to_post(MONDAY, TO_POST))
    after = recorded(posted, gone)
    assert f"letter:{TO_POST}" not in owed(after)
    ended = lines(deadlines(posted, EDITION), deadlines(after, EDITION), entry(gone))
    (how,) = [one.ended for one in ended if one.deadline.key == f"letter:{TO_POST}"]
    assert how is not None
    assert how.ending is Ending.WITHDRAWN


@pytest.mark.parametrize("gone", NOT_THERE, ids=str)
def test_whether_it_went_is_found_out_all_the_same_and_it_is_not_made_out_again(gone: CaseFact) -> None:
    file = recorded(written_to(), in_doubt(MONDAY, TO_POST), gone)
    assert f"letter:{TO_POST}" in owed(file)
    assert all(letter.to != ABOUT for letter in recorded(file, not_sent(MONDAY + DAY, TO_POST)).letters.values())


@pytest.mark.parametrize("gone", NOT_THERE, ids=str)
def test_whom_no_letter_reached_has_not_been_told_when_the_case_closes(gone: CaseFact) -> None:
    never_went = recorded(written_to(), gone)
    in_doubt_and_not = recorded(written_to(), in_doubt(MONDAY, TO_POST), gone, not_sent(MONDAY + DAY, TO_POST))
    assert written_to().perpetrator_told_at is not None
    assert never_went.perpetrator_told_at is in_doubt_and_not.perpetrator_told_at is None
    posted = recorded(written_to(), ready_to_post(MONDAY, TO_POST), sent(MONDAY + DAY, TO_POST), gone)
    assert posted.perpetrator_told_at is not None


def test_what_the_complainant_is_written_still_goes_when_they_turn_out_to_be_somebody_else() -> None:
    file = recorded(known(), identified(MONDAY, "complainant", FIRST), identified(MONDAY, "complainant", ANOTHER))
    assert [duty.to for duty in duties(file)] == ["complainant"]
