"""What an agency sees of a referral to it, and how it answers: by a private link, without an account."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final, Union

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from api.border import Body, Key, schema_of, taken_in_as
from api.leaving import LINK_USED, entered, leaving
from api.limits import bad_link_limit, link_limit
from api.problems import ProblemRaised, problem
from api.recording_beside import may, recorded_on
from api.resources import Needs, Resources
from letters.referring import not_any_more
from policy.editions import of
from policy.facts.base import Actor, Fact, Recorded, Role
from policy.frozen import Frozen
from policy.procedures.kinds import KINDS
from policy.referral.procedure import REFERRAL
from policy.referral.referral import ReferralFile
from policy.referral.stages import BY_THE_AGENCY
from policy.refusals import Refused
from policy.refusals.referral import ReferralStepNotOpen
from runtime.tokens import TokenRefused, read_link
from store import procedures
from store.sessions import EVERYTHING
from workflows.case_door import CaseRefused

routes = APIRouter(tags=["answers"])

NOT_NOW: Final = "not-now"

_KIND: Final = KINDS[REFERRAL.name]
_FACTS: Final[dict[str, type[Fact]]] = {kind.model_fields["fact"].default: kind for kind in BY_THE_AGENCY}
_BODY: Final[Any] = Annotated[Union[tuple(BY_THE_AGENCY)], Field(discriminator="fact")]  # noqa: UP007 - made from a table

_EXAMPLES: Final[dict[str, Any]] = {
    "we have it": {"value": {"fact": "referral_acknowledged", "by_when": "2026-12-14"}},
    "we can help": {"value": {"fact": "referral_answered", "taken_up": True, "words": "We meet her on Monday."}},
}


@dataclass(frozen=True)
class Link:
    """Whose link it is, and the referral that it names."""

    agency: str
    file: ReferralFile

    @property
    def actor(self) -> Actor:
        return Actor(id=f"agency:{self.agency}", role=Role.AGENCY)


class Asked(Frozen):
    """As little as an agency needs to answer. `may_tell` are the facts that can be told now. `not_any_more` is
    said of a referral that no longer stands: what to do now.
    """

    reference: str
    agency: str
    landlord: str
    phone: str
    may_tell: tuple[str, ...]
    not_any_more: str | None = None


class Answered(Frozen):
    """`recorded` is False while we have it and the records are about to. `not_any_more` as in what is asked."""

    reference: str
    recorded: bool
    not_any_more: str | None = None


async def _linked(link: str, needs: Needs, request: Request) -> Link:
    """404 for whatever is not a good link, without saying why. Each use stands in the register of disclosures."""
    try:
        ref, agency = read_link(needs.settings, link)
    except TokenRefused:
        await bad_link_limit(needs, request)
        raise _not_a_link(needs.settings.landlord_phone) from None
    await link_limit(needs, ref, agency)
    async with needs.everything.reading() as db:
        file = await procedures.file_of(db, ref)
    if not isinstance(file, ReferralFile) or not file.seq or file.agency != agency:
        raise _not_a_link(needs.settings.landlord_phone)
    linked = Link(agency, file)
    await entered(needs, leaving(LINK_USED, ref, linked.actor, told=[agency], about=()))
    return linked


Linked = Annotated[Link, Depends(_linked)]


def _not_any_more(file: ReferralFile, needs: Resources) -> str | None:
    return None if file.stands else not_any_more(needs.settings.landlord_phone)


def _not_a_link(phone: str) -> ProblemRaised:
    detail = f"This link does not work, or does not work any more. Please ring {phone}."
    return problem(HTTPStatus.NOT_FOUND, "link-not-found", detail)


@routes.get("/answers/{link}", summary="What an agency is asked, by its private link")
async def asked(link: Linked, needs: Needs) -> Asked:
    """The referral's reference and what can be told of it now. 404 where the link does not work any more."""
    known = of(link.file.edition).agency(link.agency)
    return Asked(
        reference=link.file.ref,
        agency=known.name if known else link.agency,
        landlord=needs.settings.landlord_name,
        phone=needs.settings.landlord_phone,
        may_tell=tuple(_KIND.offered(link.file, link.actor)),
        not_any_more=_not_any_more(link.file, needs),
    )


@routes.post(
    "/answers/{link}",
    summary="An agency answers, by its private link",
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Answered, "description": "We have it; the records will have it shortly"}},
    openapi_extra=schema_of(_BODY, _EXAMPLES),
)
async def answer(link: Linked, body: Body, key: Key, needs: Needs, response: Response) -> Answered:
    """201 when it stands in our records; 409 where this cannot be told now; 404 where the link does not work any
    more.
    """
    answered = await told_by(link, body, key, needs)
    response.status_code = HTTPStatus.CREATED if answered.recorded else HTTPStatus.ACCEPTED
    return answered


async def told_by(link: Link, body: dict[str, Any], key: str, needs: Resources) -> Answered:
    """Once under the same key. Raises 409 where this cannot be told now, and 422."""
    may(Role.AGENCY, body, _FACTS)
    entry: Recorded[Any] = taken_in_as(REFERRAL.entry, _BODY, body, key, link.actor)
    told = _not_any_more(link.file, needs)
    try:
        recorded = await recorded_on(needs.seen_by(EVERYTHING), _KIND, link.file, entry)
    except (CaseRefused, Refused) as refused:
        if refused.refusal.refused != ReferralStepNotOpen.__name__:
            raise
        detail = told or f"This cannot be told now. Please ring {needs.settings.landlord_phone}."
        raise problem(HTTPStatus.CONFLICT, NOT_NOW, detail) from None
    return Answered(reference=link.file.ref, recorded=recorded.recorded, not_any_more=told)
