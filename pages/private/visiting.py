"""Whether a private link opens, for whom, and who is there by one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Final

import structlog
from fastapi import Depends, Request

from api.browser import Cookie
from api.limits import bad_link_limit, link_limit
from api.problems import ProblemRaised, problem
from api.resources import Needs, Resources
from policy.case_file import CaseFile
from policy.facts.base import Actor, Role
from policy.facts.parts import Part
from policy.private_links import LinkPurpose, SecondFact, opens, second_fact, unsafe_for
from runtime.tokens import TokenRefused, read_private
from store import cases, mentions, people, private_links
from store.private_links import PrivateLink
from store.sessions import Reading

log = structlog.get_logger()

VISITING: Final = Cookie("casework-visiting")

VISIT_OVER: Final = "visit-over"
LINK_LOCKED: Final = "link-locked"
LINK_ENDED: Final = "link-ended"
LINK_OVER: Final = "link-over"


@dataclass(frozen=True)
class Opened:
    """A link that opens, and the case as it stands."""

    link: PrivateLink
    file: CaseFile

    @property
    def part(self) -> Part:
        return self.file.people[self.link.person].part

    @property
    def actor(self) -> Actor:
        """Who records here, without saying whose link it is."""
        return Actor(id=by_link(self.link.id), role=Role.RESIDENT)


def by_link(id_: str) -> str:
    """What somebody is called who records by it."""
    return f"link:{id_}"


def no_link() -> ProblemRaised:
    """The same for whatever was never a link of ours."""
    return problem(HTTPStatus.NOT_FOUND, "link-not-found", "This link does not open, or does not open any more.")


def visit_over() -> ProblemRaised:
    """Nobody is here, or not any more: the same to everybody."""
    return problem(HTTPStatus.NOT_FOUND, VISIT_OVER, "This page has closed.")


def locked_now() -> ProblemRaised:
    return problem(HTTPStatus.NOT_FOUND, LINK_LOCKED, "There were too many wrong answers.")


def _no_longer(file: CaseFile, link: PrivateLink, *, known: bool) -> ProblemRaised:
    """Of a link that did open: whoever has it learns what can be done now, and nothing of whoever it is for, nor
    why it does not open: that it is not safe any more, say. That a case has closed is told to whoever is `known`
    by the second fact: others could ask each day whether it has.
    """
    if link.locked_at is not None and link.revoked_at is None:
        return locked_now()
    ended = file.closed_at is not None and link.purpose is not LinkPurpose.QUESTIONNAIRE
    if known and ended and not unsafe_for(file, link.person) and link.holds(datetime.now(UTC)):
        return problem(HTTPStatus.NOT_FOUND, LINK_ENDED, "What this link was to is over.")
    return problem(HTTPStatus.NOT_FOUND, LINK_OVER, "This link does not open any more.")


async def _linked(token: str, request: Request, needs: Needs) -> Opened:
    """Raises 404, and 429."""
    try:
        id_ = read_private(needs.settings, token)
    except TokenRefused:
        await bad_link_limit(needs, request)
        raise no_link() from None
    await link_limit(needs, id_)
    async with needs.everything.reading() as db:
        return await opened(db, await private_links.by_id(db, id_))


async def opened(db: Reading, link: PrivateLink | None, *, known: bool = False) -> Opened:
    """Raises 404. `known` is who has said the second fact."""
    file = None if link is None else await cases.file_of(db, link.case_ref)
    if link is None or file is None:
        raise no_link()
    if not link.holds(datetime.now(UTC)) or not opens(file, link.purpose, link.person, link.matter):
        raise _no_longer(file, link, known=known)
    return Opened(link, file)


async def known_of(db: Reading, there: Opened) -> SecondFact | None:
    """As we know them now: the person that they are, or how they told us of themselves on this case."""
    on_case = there.file.people.get(there.link.person)
    person = await people.by_id(db, on_case.person) if on_case is not None and on_case.person else None
    told = person or await mentions.called(db, there.link.case_ref, there.link.person)
    return None if told is None else second_fact(told.address, told.phone)


async def visit(request: Request, needs: Resources, purpose: LinkPurpose) -> Opened:
    """Who is here, on the pages that their link is to. Nobody who only has the address uses up their turns. Raises
    404, and 429.
    """
    secret = VISITING.read(needs.settings, request)
    if secret is None:
        raise visit_over()
    async with needs.everything.writing() as db:
        link = await private_links.visited(db, secret, datetime.now(UTC))
        if link is None or link.purpose is not purpose:
            raise visit_over()
        there = await opened(db, link, known=True)
    if request.method == "POST":
        await link_limit(needs, "answered right", there.link.id)
    return there


def _to(purpose: LinkPurpose) -> Callable[[Request, Needs], Awaitable[Opened]]:
    async def visiting(request: Request, needs: Needs) -> Opened:
        return await visit(request, needs, purpose)

    return visiting


async def left(needs: Resources, request: Request) -> None:
    secret = VISITING.read(needs.settings, request)
    if secret is not None:
        async with needs.everything.writing() as db:
            await private_links.leave(db, secret, datetime.now(UTC))


Linked = Annotated[Opened, Depends(_linked)]
"""By the address; nothing personal may be shown yet."""

OnMyCase = Annotated[Opened, Depends(_to(LinkPurpose.MY_CASE))]
"""By the cookie, after the second fact; as are the next."""
InDiary = Annotated[Opened, Depends(_to(LinkPurpose.DIARY))]
AtQuestions = Annotated[Opened, Depends(_to(LinkPurpose.QUESTIONNAIRE))]
