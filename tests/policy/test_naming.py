"""publicise-action, clear-consequences: what others read of a case names nobody who is on it."""

from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.letters import LetterAskedFor, LetterKind, LetterWorded
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.publicity import PublicityWorded
from policy.letters_owed import LetterOwed
from policy.refusals import LetterMayIdentify
from policy.refusals.conduct import VictimCouldBeKnown
from policy.rules.naming import is_named, names_nobody
from tests.given import case_of, london, report
from tests.policy import happenings as h
from tests.policy.warned import PAT

MONDAY = london(2023, 6, 5)
NAMES = {"complainant": "Rowan Example", "witness-1": "Ms Rose O\u2019Neil", "perpetrator-1": "Pat Example"}


def on_it() -> CaseFile:
    return case_of(report(MONDAY, about=PAT), h.taken_on(MONDAY, "witness-1", Part.WITNESS))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Rowan told us.", True),
        ("It was ROWAN's report.", True),
        ("Mrs Example and her son.", True),
        ("it was rowan example, in flat 2", True),
        ("Rowanberry Court is quieter.", False),
        ("An exemplary neighbourhood, for example.", False),
        ("", False),
    ],
)
def test_a_name_is_found_as_a_whole_word_however_it_is_written(words: str, named: bool) -> None:
    assert is_named("Rowan Example", words) is named


def test_a_name_that_is_a_word_too_may_be_said_as_one() -> None:
    assert not is_named("Rose Mark", "Noise rose; we mark that.")
    assert is_named("Rose Mark", "Noise rose, said Mark.")
    assert not is_named("The man at 5", "The police have acted. A court has decided.")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Rowan is safe now.", "the complainant"),
        ("Ms O'Neil saw it.", "witness 1"),
        ("A court has acted against Pat.", "perpetrator 1"),
    ],
)
def test_what_the_neighbourhood_is_told_names_nobody_on_the_case(said: str, who: str) -> None:
    worded = PublicityWorded(at=MONDAY, matter="publicity-5", words=said)
    with pytest.raises(VictimCouldBeKnown, match=f"a name of {who} in it"):
        names_nobody(on_it(), worded, NAMES)
    names_nobody(on_it(), worded.model_copy(update={"words": "A court has acted."}), NAMES)


@pytest.mark.parametrize("field", ["alleged", "decided", "happens_next"])
def test_a_letter_to_whoever_is_complained_about_names_nobody_but_them(field: str) -> None:
    said: dict[str, Any] = {"alleged": "Loud music.", "decided": "A warning.", "happens_next": "We ring Pat."}
    letter = PerpetratorWrittenTo.model_validate({"at": MONDAY, "nothing_identifies": True} | said)
    names_nobody(on_it(), letter.model_copy(update={field: "Mr Pat Example, this is about you."}), NAMES)
    for given_away, who in (("Rowan could not sleep.", "the complainant"), ("Rose heard it.", "witness 1")):
        with pytest.raises(LetterMayIdentify, match=f"a name of {who} in it"):
            names_nobody(on_it(), letter.model_copy(update={field: given_away}), NAMES)


@pytest.mark.parametrize("reader", ["perpetrator-1", "household_member-1"])
def test_an_officer_s_own_words_to_anybody_but_the_complainant_name_nobody_but_their_reader(reader: str) -> None:
    file = on_it()
    said = {"at": MONDAY, "nothing_identifies": True, "own_words": "Rowan says that you play music."}
    asked = LetterAskedFor.model_validate(said | {"kind": "agreement", "person": reader, "about": "agreement-4"})
    worded = LetterWorded.model_validate(said | {"key": "agreement-4"})
    owed = LetterOwed(kind=LetterKind.AGREEMENT, about="4", means=Means.POST, since=MONDAY, to=reader)
    file = file.with_(letters={"agreement-4": owed})
    for fact in (asked, worded):
        with pytest.raises(LetterMayIdentify, match="a name of the complainant in it"):
            names_nobody(file, fact, NAMES)
        names_nobody(file, fact.model_copy(update={"own_words": "No music after eleven, Pat."}), NAMES)
    names_nobody(file, asked.model_copy(update={"person": "complainant"}), NAMES)
    told = file.with_(letters={"agreement-4": owed.model_copy(update={"to": "complainant"})})
    names_nobody(told, worded, NAMES)
