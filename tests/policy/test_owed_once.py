"""What is owed after an entry is reckoned once: the clocks that are made of it change nothing in it."""

from hypothesis import given

from policy.deadlines import deadlines
from policy.folding import after_and_owed
from tests.given import EDITION
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import LIVES, Life, lived


@thoroughly
@given(LIVES)
def test_what_a_file_owes_is_what_its_clocks_were_made_of(life: Life) -> None:
    for moment in lived(life):
        if moment.after is not moment.before:
            file, owed = after_and_owed(moment.before, moment.entry, EDITION)
            assert file == moment.after
            assert deadlines(file, EDITION) == owed
