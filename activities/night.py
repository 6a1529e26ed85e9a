"""Looks at open cases for the night's check, a page at a time."""

from dataclasses import dataclass
from typing import Final

import structlog
from pydantic import AwareDatetime
from temporalio import activity

from policy import audit
from policy.editions import of
from policy.facts.auditing import PatternFound
from policy.frozen import Frozen
from store import open_cases
from store.open_cases import OpenCase
from store.sessions import Store

CASES_A_PAGE: Final = 200

_FAULTS: Final = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""Whatever a case may hold that its look did not expect."""

log = structlog.get_logger()


class Page(Frozen):
    """Open cases behind `after`, as they are at the moment `at`; only those of `refs`, where some are named."""

    at: AwareDatetime
    after: str = ""
    size: int = CASES_A_PAGE
    refs: tuple[str, ...] = ()


class Found(Frozen):
    """What was found on a case. References, codes, dates and counts: none of anybody's words."""

    ref: str
    fact: PatternFound


class Looked(Frozen):
    """`last` is the last case of the page, None when there are no further ones; `not_looked_at` counts those in
    which a fault was met: the log names them.
    """

    cases: int
    found: tuple[Found, ...]
    last: str | None
    not_looked_at: int = 0


@dataclass(frozen=True)
class Night:
    store: Store

    @activity.defn
    async def look(self, page: Page) -> Looked:
        """Reads only, so it is safe to repeat. A case that cannot be looked at, for whatever fault, is named in
        the log and counted, and keeps no other from being looked at.
        """
        async with self.store.reading() as db:
            cases = await open_cases.page(db, page.after, page.size, page.refs)
        looked = {case.ref: _findings(case, page) for case in cases}
        return Looked(
            cases=len(cases),
            found=tuple(Found(ref=ref, fact=fact) for ref, facts in looked.items() for fact in facts or ()),
            last=cases[-1].ref if len(cases) == page.size else None,
            not_looked_at=sum(facts is None for facts in looked.values()),
        )


def _findings(case: OpenCase, page: Page) -> list[PatternFound] | None:
    """None where that cannot be said."""
    try:
        file = case.case_file()
        return audit.findings(file, case.timeline, page.at, of(file.edition))
    except _FAULTS as fault:
        log.error("case_not_looked_at", case=case.ref, why=type(fault).__name__)  # noqa: TRY400 - a trace may quote
        return None
