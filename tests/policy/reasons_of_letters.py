"""For which recorded reasons a letter that waited, or its deadline, may go."""

from typing import Final

from policy.deadlines import Deadline
from policy.facts.letters import LetterCameBack, LetterHeld, LetterKind, LetterNotSent, LetterSent
from policy.facts.ruling import DeadlineMissed
from policy.letters_owed import LetterOwed, LetterState
from tests.policy import reasons_of_safety
from tests.policy.random_lives import Moment

LETTERS_TURN: Final = {"letter_ready_to_post", "letter_held_up", "letter_in_doubt", "letter_refused"}
LOOKED_AT: Final = {"letter_held", "letter_released", "letter_worded"}


def goes_another_way_now(gone: Deadline, moment: Moment) -> bool:
    """A letter is made out again, or withheld, as its reader needs it."""
    fact = moment.entry.fact.fact
    needed_so = fact in reasons_of_safety.OF_NEEDS or (fact == "letter_refused" and moment.after.withheld)
    return gone.key.removeprefix("letter:") in moment.before.letters and needed_so


def nobody_is_there_to_read_it(gone: Deadline, moment: Moment) -> bool:
    """Whom it accused has left, or was somebody else."""
    letter = moment.before.letters.get(gone.key.removeprefix("letter:"))
    return letter is not None and is_not_written_to(letter.to, moment)


def is_not_written_to(reader: str, moment: Moment) -> bool:
    fact = moment.entry.fact.fact
    had_address = reader in moment.before.others_with_address
    return (
        fact in {"person_left", "person_identified"}
        and had_address
        and reader not in moment.after.others_with_address
    )


def is_over(letter: LetterOwed, moment: Moment) -> bool:
    """What it goes with has ended; or another appointment took the place of the one that it confirms."""
    if letter.state is LetterState.IN_DOUBT:
        return False
    ended = letter.matter in moment.before.matters and letter.matter not in moment.after.matters
    overtaken = moment.entry.fact.fact == "appointment_offered" and letter.kind is LetterKind.APPOINTMENT
    return ended or overtaken


def is_not_needed_any_more(gone: Deadline, moment: Moment) -> bool:
    letter = moment.before.letters.get(gone.key.removeprefix("letter:"))
    return letter is not None and is_over(letter, moment)


def is_held(key: str, moment: Moment) -> bool:
    """Under another key."""
    fact = moment.entry.fact
    return isinstance(fact, LetterHeld) and fact.key == key and moment.before.letters[key].can_be_held


def is_looked_at_first(gone: Deadline, moment: Moment) -> bool:
    key = gone.key.removeprefix("letter:")
    return key in moment.before.letters and is_held(key, moment)


def was_held_long_enough(gone: Deadline, moment: Moment) -> bool:
    letter, fact = moment.before.letters.get(gone.key.removeprefix("letter:")), moment.entry.fact
    held = letter is not None and letter.state is LetterState.HELD
    return held and isinstance(fact, DeadlineMissed) and fact.key == gone.key


def was_on_its_way_when_it_was_held(gone: Deadline, moment: Moment) -> bool:
    fact = moment.entry.fact
    key = gone.key.removeprefix("letter:")
    held = key in moment.before.letters and moment.before.letters[key].state is LetterState.HELD
    return held and isinstance(fact, LetterSent | LetterNotSent) and fact.key == key


def was_in_doubt_and_came_back(old: Deadline, moment: Moment) -> bool:
    """So it had gone; what is owed from then on is another way."""
    fact, key = moment.entry.fact, old.key.removeprefix("letter:")
    doubted = key in moment.before.letters and moment.before.letters[key].state is LetterState.IN_DOUBT
    return doubted and isinstance(fact, LetterCameBack) and fact.key == key


MAY_VANISH: Final = (
    was_in_doubt_and_came_back,
    was_on_its_way_when_it_was_held,
    goes_another_way_now,
    nobody_is_there_to_read_it,
    is_not_needed_any_more,
    is_looked_at_first,
    was_held_long_enough,
)
