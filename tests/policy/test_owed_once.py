"""What is owed after an entry is reckoned once: clocks change nothing in it, and a closing is judged by them."""

from hypothesis import given

from policy.deadlines import deadlines
from policy.facts.closing import Closing
from policy.folding import after_and_owed
from policy.rules.closing_requirements import still_missing
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
            assert list(file.clocks) == [one.key for one in owed]


@thoroughly
@given(LIVES)
def test_what_is_missing_is_told_in_the_same_order_however_the_store_keeps_the_clocks(life: Life) -> None:
    for moment in lived(life):
        file = moment.after
        kept = file.with_(clocks=dict(reversed(file.clocks.items())))
        for closing in Closing:
            assert still_missing(kept, closing, EDITION) == still_missing(file, closing, EDITION)
