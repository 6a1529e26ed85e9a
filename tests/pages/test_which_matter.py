"""Where a form asks which matter, each is called by what was said of it, so that whoever answers can tell."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from own_link import NOW, case_of

from policy.facts.promising import PromiseMade
from policy.working_days import day_in_words, london_day
from tests.api.product import Product

_CALLED = re.compile(r'<label[^>]*for="matter[^"]*"[^>]*>\s*(.*?)\s*</label>', re.DOTALL)
_TODAY = day_in_words(london_day(NOW))


async def offered(site: Product, *promises: PromiseMade) -> Sequence[str]:
    ref = await case_of(site, *promises)
    return _CALLED.findall((await site.officer.get(f"/cases/{ref}/record/promise_kept")).text)


def promised(words: str, by_when: date | None = None) -> PromiseMade:
    return PromiseMade(at=NOW, words=words, by_when=by_when)


async def test_a_promise_is_called_by_its_words_and_its_day(site: Product) -> None:
    day = london_day(NOW) + timedelta(days=7)
    called = await offered(site, promised("We mend the lock.", day), promised("We ring on Monday."))
    assert called[0] == f"Promise of {_TODAY}, for {day_in_words(day)}: We mend the lock."
    assert called[1].endswith(": We ring on Monday.")
    assert not any("promise-" in one for one in called)


async def test_two_that_are_called_alike_can_be_told_apart(site: Product) -> None:
    called = await offered(site, promised("We ring back."), promised("We ring back."))
    assert len(set(called)) == 2
    assert called[0].endswith("We ring back. (promise-2)")
