"""Whatever is recorded, in whatever order, early or late: what must hold all the same."""

from typing import Final

from hypothesis import given

from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import Deadline, bare_key, deadlines, is_key
from policy.duties import duties
from policy.facts import FACT_TYPES, Entry, Role
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.matters import Step
from policy.facts.ruling import DeadlineMissed
from policy.ledger import lines
from policy.matters import stage_of
from policy.standing import actions, in_short, standing
from tests.given import EDITION, OFFICER
from tests.policy.random_cases import BUILDERS, LIVES, Life, Moment, is_taken, lived, sensible, thoroughly


def due_of(file: CaseFile) -> dict[str, Deadline]:
    return {d.key: d for d in deadlines(file, EDITION)}


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
        assert twin == moment.after
        assert due_of(travelled(twin)) == due_of(moment.after)
        assert duties(twin) == duties(moment.after)


SERIOUS_CLOCK: Final = {"appointment", "police-advice"}
TAKES_A_CLOSURE_BACK: Final = {"incident_reported", "hate_perceived", "assessed", "agreement_breached"}
CLOSING_SETS_ASIDE: Final = {"review", "regular-contact", "closure-approval"}


def is_no_longer_missed(above: Deadline, moment: Moment) -> bool:
    """What went up goes with the miss that it is about."""
    about = due_of(moment.before).get(bare_key(above.key))
    still = due_of(moment.after).get(bare_key(above.key))
    return about is None or still is None or still.due != about.due or not still.noticed


def carries_on(key: str, moment: Moment) -> bool:
    matter, fact = moment.before.matters.get(key), moment.entry.fact
    if matter is None:
        return False
    return stage_of(matter).takes(type(fact)) or (isinstance(fact, DeadlineMissed) and stage_of(matter).lapses)


def is_not_serious_after_all(moment: Moment) -> bool:
    return moment.entry.fact.fact == "assessed" and not moment.after.serious and moment.after.hate is None


def may_vanish(gone: Deadline, moment: Moment) -> bool:
    """Kept; or the clock's own reason is over, by a fact that says so."""
    fact, before, after = moment.entry.fact.fact, moment.before, moment.after
    if gone.key != bare_key(gone.key) or fact in gone.met_by or carries_on(gone.key, moment):
        return fact in gone.met_by or carries_on(gone.key, moment) or is_no_longer_missed(gone, moment)
    if fact == "case_closed":
        return gone.key in CLOSING_SETS_ASIDE or (
            gone.key == "first-contact" and after.closing is not Closing.WITH_LETTER
        )
    if gone.key in SERIOUS_CLOCK:
        return is_not_serious_after_all(moment) or began_earlier(before, after)
    if gone.key in {"police-consent", "police-referral"}:
        return the_police_need_not_know(gone.key, moment)
    return is_about_a_closure_taken_back(gone, moment)


def is_about_a_closure_taken_back(gone: Deadline, moment: Moment) -> bool:
    fact = moment.entry.fact.fact
    if gone.key == "closure-approval":
        return fact in TAKES_A_CLOSURE_BACK and moment.after.proposed is None
    letter = moment.before.letters.get(gone.key.removeprefix("letter:"))
    if letter is not None and letter.kind is LetterKind.CLOSING_LETTER:
        return fact in TAKES_A_CLOSURE_BACK | {"closure_proposed", "case_closed"}
    return False


def the_police_need_not_know(key: str, moment: Moment) -> bool:
    """It was no crime after all; and a referral is not owed against the victim's wish, or before they have one."""
    fact, before, after = moment.entry.fact.fact, moment.before, moment.after
    no_crime = fact == "assessed" and after.police.ask_since is None
    if key == "police-consent":
        return no_crime
    against = fact in {"consent_refused", "consent_withdrawn"}
    became_hate = before.hate is None and after.hate is not None
    return against or became_hate or (fact == "assessed" and after.police.refer_since is None)


def began_earlier(before: CaseFile, after: CaseFile) -> bool:
    """A perception that was told first and written down later starts the serious clock from where it belongs."""
    return (
        before.serious_since is not None
        and after.serious_since is not None
        and after.serious_since < before.serious_since
    )


ANY_CLOCK: Final = {"closure_days_adopted", "edition_adopted"}
MORE_SERIOUS: Final = {"incident_reported", "hate_perceived"}
LETTERS_TURN: Final = {"letter_ready_to_post", "letter_held_up", "letter_in_doubt", "letter_refused"}


def may_move(old: Deadline, new: Deadline, moment: Moment) -> bool:
    fact = moment.entry.fact.fact
    if fact in ANY_CLOCK or fact in old.met_by or carries_on(old.key, moment):
        return True
    if old.key in moment.before.matters:
        return fact == "chased" and new.due <= old.due
    if old.key in {"review", "regular-contact"}:
        return fact == "assessed" or (fact in MORE_SERIOUS and new.due <= old.due)
    if old.key in SERIOUS_CLOCK:
        return began_earlier(moment.before, moment.after) and new.due <= old.due
    if old.key == "closure-approval":
        return fact == "closure_proposed"
    return old.key.startswith("letter:") and fact in LETTERS_TURN


@thoroughly
@given(LIVES)
def test_no_order_of_facts_makes_a_deadline_vanish_or_move_without_a_reason(life: Life) -> None:
    for moment in lived(life):
        before, after = due_of(moment.before), due_of(moment.after)
        for key, old in before.items():
            if key not in after:
                assert may_vanish(old, moment), (old.why, moment.entry.fact)
            elif after[key].due != old.due:
                assert may_move(old, after[key], moment), (old.why, after[key].why, moment.entry.fact)


@thoroughly
@given(LIVES)
def test_the_ledger_accounts_for_every_deadline_that_came_or_went(life: Life) -> None:
    (file, _), _ = life
    open_ones = {(d.key, d.due) for d in deadlines(file, EDITION)}
    for moment in lived(life):
        if moment.after is moment.before:
            continue
        found = lines(deadlines(moment.before, EDITION), deadlines(moment.after, EDITION), moment.entry)
        for line in found:
            occurrence = (line.deadline.key, line.deadline.due)
            if line.ended:
                open_ones.remove(occurrence)
            elif line.noticed_at is None:
                assert occurrence not in open_ones
                open_ones.add(occurrence)
        assert all(is_key(key) for key, _ in open_ones)
        assert open_ones == {(d.key, d.due) for d in deadlines(moment.after, EDITION)}


@thoroughly
@given(LIVES)
def test_a_hate_case_is_a_serious_hate_case_for_ever(life: Life) -> None:
    for moment in lived(life):
        before, after = moment.before, moment.after
        if moment.entry.fact.fact == "hate_perceived" and after is not before:
            assert after.hate is not None
        if before.hate is not None:
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


OF_LETTERS_AND_CLOCK: Final = LETTERS_TURN | {"letter_sent", "letter_not_sent", "deadline_missed"}


@thoroughly
@given(LIVES)
def test_a_closed_case_stays_closed_and_was_not_closed_in_silence(life: Life) -> None:
    for moment in lived(life):
        before, after, fact = moment.before, moment.after, moment.entry.fact
        if before.closed_at is not None:
            assert after is before or fact.fact in OF_LETTERS_AND_CLOCK or isinstance(fact, Step)
            assert (after.closed_at, after.closing) == (before.closed_at, before.closing)
        elif after.closed_at is not None:
            assert fact.fact == "case_closed"
            assert after.assessment is not None
            assert after.writes_by is None or told_why(after)


def told_why(file: CaseFile) -> bool:
    """By the closing letter or our reasons, which have gone, or by a note that is owed."""
    kinds = {letter.kind for letter in file.letters.values()}
    if file.closing is Closing.WITH_LETTER:
        told_at = file.proposed.told_at if file.proposed else None
        return told_at is not None and file.closed_at is not None and told_at <= file.closed_at
    if file.serious or file.hate:
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


@thoroughly
@given(LIVES)
def test_no_letter_is_forgotten(life: Life) -> None:
    """Each that was owed has gone, still waits, or told of a closure that was taken back."""
    for moment in lived(life):
        for key in moment.before.letters.keys() - moment.after.letters.keys():
            fact = moment.entry.fact
            gone = fact.fact == "letter_sent" and fact.key == key
            not_gone = fact.fact == "letter_not_sent" and fact.key == key
            again = (not_gone or fact.fact == "complainant_details_told") and made_out_again(moment, key)
            taken_back = fact.fact in TAKES_A_CLOSURE_BACK | {"closure_proposed", "case_closed"}
            assert gone or again or (taken_back and moment.before.letters[key].kind is LetterKind.CLOSING_LETTER)
        waiting = {duty.key for duty in duties(moment.after)} | {
            d.key.removeprefix("letter:") for d in deadlines(moment.after, EDITION) if d.key.startswith("letter:")
        }
        assert waiting == set(moment.after.letters)


@thoroughly
@given(LIVES)
def test_what_happens_after_a_closure_was_proposed_takes_it_back(life: Life) -> None:
    for moment in lived(life):
        after = moment.after
        if after is not moment.before and moment.entry.fact.fact in TAKES_A_CLOSURE_BACK:
            assert after.proposed is None
        closing = [key for key, letter in after.letters.items() if letter.kind is LetterKind.CLOSING_LETTER]
        assert closing in ([], [after.proposed.letter] if after.proposed else [])


# What is offered is possible, and what is not possible is not offered.


@thoroughly
@given(LIVES)
def test_an_action_is_offered_just_when_it_is_possible(life: Life) -> None:
    for moment in lived(life):
        file = moment.after
        for action in actions(file, EDITION, Role.SUPERVISOR):
            tries = sensible(action.fact, file, moment.now)
            possible = any(is_taken(file, fact, by, moment.now) for fact, by in tries)
            assert possible is (action.refusal is None), (action, file)
        assert all(a.refusal is None or a.refusal.sentence for a in actions(file, EDITION, OFFICER.role))
