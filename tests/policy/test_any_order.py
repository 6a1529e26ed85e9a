"""Whatever is recorded, in whatever order, early or late: what must hold all the same."""

from collections.abc import Sequence
from typing import Final

from hypothesis import given

from policy import folding, rules
from policy.across import HEARD, told_elsewhere
from policy.case_file import CaseFile, Matter
from policy.deadlines import Deadline, deadlines, is_key
from policy.duties import SendLetter, duties
from policy.facts import FACT_TYPES, Entry, Role
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.ledger import lines, stated
from policy.letters_owed import LetterOwed, LetterState
from policy.matters import outlives_closing, stage_of
from policy.matters.warnings import TAKEN_BACK
from policy.standing import Action, actions, in_short, standing
from tests.given import EDITION, OFFICER
from tests.policy import reasons_of_safety
from tests.policy.random_cases import BUILDERS, is_taken, sensible, thoroughly
from tests.policy.random_lives import LIVES, Life, Moment, lived
from tests.policy.reasons import (
    MAY_VANISH,
    aside,
    due_of,
    may_move,
    takes_a_closure_back,
)
from tests.policy.reasons_of_letters import LETTERS_TURN, LOOKED_AT, is_held, is_not_written_to, is_over


def travelled(file: CaseFile) -> CaseFile:
    return CaseFile.model_validate_json(file.model_dump_json())


def test_every_kind_of_fact_is_tried() -> None:
    assert set(BUILDERS) == set(FACT_TYPES)


@thoroughly
@given(LIVES)
def test_a_fact_is_refused_or_taken_and_nothing_else_happens(life: Life) -> None:
    for moment in lived(life):
        assert moment.after.seq == moment.before.seq + (moment.after is not moment.before)
        known = deadlines(moment.after, EDITION)
        assert standing(moment.after, EDITION).deadlines == tuple(known)
        assert in_short(moment.after, known)
        if moment.after is not moment.before:
            echoes = told_elsewhere(moment.before, moment.entry)
            assert {type(one.fact) for one in echoes} <= HEARD
            assert len({one.id for one in echoes}) == len(echoes)


@thoroughly
@given(LIVES)
def test_the_file_depends_on_the_facts_alone_and_not_on_its_travels(life: Life) -> None:
    (twin, _), _ = life
    for moment in lived(life):
        if moment.after is not moment.before:
            rules.check(travelled(twin), moment.entry, EDITION)
            told_again = Entry.model_validate_json(moment.entry.model_dump_json())
            twin = folding.after(travelled(twin), told_again, EDITION)
            assert folding.after(moment.before, moment.entry, EDITION) == moment.after
        # In the hour that comes twice, Python takes one moment in two zones for unequal: compared as they travel.
        assert travelled(twin) == travelled(moment.after)
        assert due_of(travelled(twin)) == due_of(travelled(moment.after))
        assert duties(twin) == duties(moment.after)


@thoroughly
@given(LIVES)
def test_no_order_of_facts_makes_a_deadline_vanish_or_move_without_a_reason(life: Life) -> None:
    for moment in lived(life):
        before, after = due_of(moment.before), due_of(moment.after)
        for key, old in before.items():
            if key not in after:
                assert any(reason(old, moment) for reason in MAY_VANISH), (old.why, moment.entry.fact)
            elif after[key].due != old.due:
                assert may_move(old, after[key], moment), (old.why, after[key].why, moment.entry.fact)


@thoroughly
@given(LIVES)
def test_the_ledger_accounts_for_every_deadline_that_came_or_went(life: Life) -> None:
    (file, _), _ = life
    open_ones = {occurrence(d) for d in deadlines(file, EDITION)}
    for moment in lived(life):
        if moment.after is moment.before:
            continue
        owing = {occurrence(d): stated(d) for d in deadlines(moment.before, EDITION)}
        found = lines(deadlines(moment.before, EDITION), deadlines(moment.after, EDITION), moment.entry)
        for line in found:
            one = occurrence(line.deadline)
            if line.ended:
                open_ones.remove(one)
            elif line.noticed_at is None:
                assert (one in open_ones) is (stated(line.deadline) != owing.get(one, stated(line.deadline)))
                open_ones.add(one)
        assert all(is_key(key) for key, *_ in open_ones)
        assert open_ones == {occurrence(d) for d in deadlines(moment.after, EDITION)}


def occurrence(deadline: Deadline) -> tuple[object, ...]:
    """What is owed next on a matter is another thing, on the same day too."""
    return deadline.key, deadline.due, deadline.stage


@thoroughly
@given(LIVES)
def test_a_hate_case_is_a_serious_hate_case_for_ever(life: Life) -> None:
    for moment in lived(life):
        before, after = moment.before, moment.after
        if moment.entry.fact.fact == "hate_perceived" and after is not before:
            assert after.hate is not None
        if before.own_hate is not None:
            assert after.own_hate is not None
            assert set(before.own_hate.strands) <= set(after.own_hate.strands)
        if after.own_hate is not None:
            assert after.hate is not None
        if before.hate is not None and moment.entry.fact.fact != "incident_separated":
            assert after.hate is not None
            assert set(before.hate.strands) <= set(after.hate.strands)
            assert after.hate.since <= before.hate.since
            assert after.hate.offence_alleged >= before.hate.offence_alleged
        if after.hate is not None or "hate" in after.categories:
            assert after.serious
            assert after.hate is not None
            assert after.serious_since is not None
            assert after.serious_since <= after.hate.since
            assert EDITION.leading(after.categories) == "hate"


OF_LETTERS_AND_CLOCK: Final = (
    LETTERS_TURN | LOOKED_AT | {"letter_sent", "letter_not_sent", "letter_came_back", "deadline_missed"}
)
TOLD_BESIDE_IT: Final = {"told_in_case_review", "police_told_where_joined"}
HOW_TO_REACH_THEM: Final = {
    "complainant_details_told",
    "contact_declined",
    "contact_wanted",
    "need_told",
    "need_ended",
}


MAKES_OUT_AGAIN: Final = {
    "complainant_details_told",
    "contact_wanted",
    "person_identified",
    *reasons_of_safety.OF_NEEDS,
}
"""Who somebody turned out to be has other needs, or none that we know of yet."""


def is_to_be_told(letter: LetterOwed) -> bool:
    return letter.state is LetterState.TO_TELL


def comes_of_what_outlives_it(matter: Matter) -> bool:
    """A breach of an agreement, and a warning that was taken back while the case was part of another."""
    return matter.kind is MatterKind.BREACH or matter.stage == TAKEN_BACK


@thoroughly
@given(LIVES)
def test_a_closed_case_stays_closed_and_was_not_closed_in_silence(life: Life) -> None:
    for moment in lived(life):
        before, after, fact = moment.before, moment.after, moment.entry.fact
        if before.closed_at is not None:
            outlives = any(stage_of(matter).is_open_to(type(fact)) for matter in before.matters.values())
            reaches = fact.fact in HOW_TO_REACH_THEM and not before.finished
            tells = fact.fact == "contact_made" and any(is_to_be_told(one) for one in before.letters.values())
            beside = fact.fact in OF_LETTERS_AND_CLOCK | TOLD_BESIDE_IT
            assert after is before or beside or outlives or reaches or tells
            lasting = [one for one in after.matters.values() if not comes_of_what_outlives_it(one)]
            assert all(outlives_closing(matter) for matter in lasting)
            assert (after.closed_at, after.closing) == (before.closed_at, before.closing)
        elif after.closed_at is not None:
            assert fact.fact == "case_closed"
            if after.closing is Closing.JOINED:
                assert before.joined is not None
                continue
            assert after.assessment is not None
            assert after.writes_by is None or after.wish.no_contact_since or told_why(after)


def told_why(file: CaseFile) -> bool:
    """By the closing letter or our reasons, which have gone, or by a note that is owed."""
    kinds = {letter.kind for letter in file.letters.values()}
    if file.closing is Closing.WITH_LETTER:
        told_at = file.proposed.told_at if file.proposed else None
        return told_at is not None and file.closed_at is not None and told_at <= file.closed_at
    if file.serious or file.hate or file.domestic_abuse:
        return False
    if file.closing is Closing.NOT_USUALLY_ASB:
        return LetterKind.NOT_USUALLY_ASB not in kinds
    return LetterKind.CLOSING_NOTE in kinds


def made_out_again(moment: Moment, key: str) -> bool:
    """Under another key, unless the address that it was for has refused us and there is no other."""
    letter = moment.before.letters[key]
    keys = [k for k in moment.after.letters if k.startswith(key) and k not in moment.before.letters]
    anew = [moment.after.letters[k] for k in keys]
    same = [(one.kind, one.about) for one in anew] == [(letter.kind, letter.about)]
    return same or moment.before.writes_by is None


def still_read(moment: Moment) -> set[str]:
    return {"complainant", *moment.after.others_with_address}


@thoroughly
@given(LIVES)
def test_no_letter_is_forgotten(life: Life) -> None:
    """Each that was owed has gone, still waits, or told of a closure that was taken back."""
    for moment in lived(life):
        for key in moment.before.letters.keys() - moment.after.letters.keys():
            fact = moment.entry.fact
            gone = fact.fact == "letter_sent" and fact.key == key
            not_gone = fact.fact in {"letter_not_sent", "letter_came_back"} and fact.key == key
            other_way = fact.fact in MAKES_OUT_AGAIN
            again = (not_gone or other_way) and made_out_again(moment, key)
            taken_back = takes_a_closure_back(moment) or fact.fact in {"closure_proposed", "case_closed"}
            told = fact.fact == "contact_made" and is_to_be_told(moment.before.letters[key])
            unwanted = moment.after.wish.no_contact_since is not None and moment.after.closed_at is not None
            letter = moment.before.letters[key]
            closing = letter.kind is LetterKind.CLOSING_LETTER
            no_reader = is_not_written_to(letter.to, moment) or (not_gone and letter.to not in still_read(moment))
            no_need = is_over(letter, moment) or (is_held(key, moment) and made_out_again(moment, key))
            assert gone or again or (taken_back and closing) or unwanted or told or no_reader or no_need
        waiting = {duty.key for duty in duties(moment.after) if isinstance(duty, SendLetter)} | {
            key.removeprefix("letter:")
            for key in (*due_of(moment.after), *aside(moment.after))
            if key.startswith("letter:")
        }
        assert waiting == set(moment.after.letters)


@thoroughly
@given(LIVES)
def test_what_happens_after_a_closure_was_proposed_takes_it_back(life: Life) -> None:
    for moment in lived(life):
        after = moment.after
        taken_back = after is not moment.before and takes_a_closure_back(moment)
        if taken_back and after.closed_at is None:
            assert after.proposed is None
        closing = [key for key, letter in after.letters.items() if letter.kind is LetterKind.CLOSING_LETTER]
        assert closing in ([], [after.proposed.letter] if after.proposed else [])


# What is offered is possible, and what is not possible is not offered.


def offered(file: CaseFile) -> Sequence[Action]:
    assert all(a.refusal is None or a.refusal.sentence for a in actions(file, EDITION, OFFICER.role))
    return actions(file, EDITION, Role.SUPERVISOR)


@thoroughly
@given(LIVES)
def test_an_action_is_offered_just_when_it_is_possible(life: Life) -> None:
    (file, _), _ = life
    all_of_it = offered(file)
    for moment in lived(life):
        if moment.after is not file:
            file = moment.after
            all_of_it = offered(file)
        for action in all_of_it:
            tries = sensible(action.fact, file, moment.now)
            possible = any(is_taken(file, fact, by, max(moment.now, fact.at)) for fact, by in tries)
            assert possible is (action.refusal is None), (action, file)
