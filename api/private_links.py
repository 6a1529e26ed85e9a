"""Private links of people on a case, for those who work on it: which there are, how each was used, a new one, and
the end of one.
"""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter
from pydantic import Field

from api.border import Body, Id, Key, Ref, schema_of, understood
from api.permission import By
from api.problems import case_not_found, key_used_for_another_body, problem
from api.resources import Needs
from policy.facts.base import Name
from policy.facts.parts import PartKey
from policy.frozen import Frozen
from policy.private_links import LinkPurpose, shut_because
from runtime.tokens import private_address
from store import cases, private_links
from store.private_links import NewLink, UsedLink

routes = APIRouter(tags=["private links"])

_EXAMPLES: Final[dict[str, Any]] = {
    "my case": {"value": {"purpose": "my-case", "person": "complainant"}},
    "a diary": {"value": {"purpose": "diary", "person": "complainant", "matter": "diary-7"}},
}


class WantedLink(Frozen):
    """`person` is what they are called on the case. A link to a diary is to one that was issued: its `matter`."""

    purpose: LinkPurpose
    person: PartKey = Field(default="complainant")
    matter: Name | None = None


class IssuedLink(Frozen):
    """`link` is for nobody but that person: send it in a way that is safe for them."""

    id: str
    link: str
    expires_at: datetime


class EndOfLink(Frozen):
    """Nothing need be said."""


class LinksOfCase(Frozen):
    links: tuple[UsedLink, ...]


@routes.get("/cases/{ref}/private-links", summary="Private links of people on a case, and how each was used")
async def page(ref: Ref, needs: Needs) -> LinksOfCase:
    """The newest first. One that was answered wrongly too often is `locked_at` then, and opens no more."""
    async with needs.store.reading() as db:
        if await cases.row_of(db, ref) is None:
            raise case_not_found(ref)
        return LinksOfCase(links=tuple(await private_links.of_case(db, ref)))


@routes.post(
    "/cases/{ref}/private-links",
    summary="A private link for somebody on a case",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(WantedLink, _EXAMPLES),
)
async def issue(ref: Ref, body: Body, key: Key, by: By, needs: Needs) -> IssuedLink:
    """The same key gives the same link, and no link of somebody else. 409 where it would not open: they are not
    affected by it, the case has closed (or has not yet, for the questionnaire), that diary is not theirs or was
    read, there is domestic abuse, or no safe way to reach them is known.
    """
    wanted: WantedLink = understood(WantedLink, body)
    now, lasts = datetime.now(UTC), timedelta(days=needs.settings.private_link_days)
    async with needs.store.writing() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref)
        if shut := shut_because(file, wanted.purpose, wanted.person, wanted.matter):
            raise problem(HTTPStatus.CONFLICT, "link-would-not-open", f"It would not open. {shut}")
        new = NewLink(case_ref=ref, key=key, by=by.id, lasts=lasts, **wanted.model_dump())
        kept = await private_links.issue(db, new, now)
    if (kept.person, kept.matter) != (wanted.person, wanted.matter):
        raise key_used_for_another_body()
    link = private_address(needs.settings, kept.id, kept.expires_at)
    return IssuedLink(id=kept.id, link=link, expires_at=kept.expires_at)


@routes.post(
    "/cases/{ref}/private-links/{id_}/revoke",
    summary="End a private link",
    status_code=HTTPStatus.NO_CONTENT,
    openapi_extra=schema_of(EndOfLink, {"end it": {"value": {}}}),
)
async def revoke(ref: Ref, id_: Id, body: Body, _key: Key, by: By, needs: Needs) -> None:
    """It opens no more, also for whoever has it open now. Safe to repeat. 404 where the case has no
    such link.
    """
    understood(EndOfLink, body)
    async with needs.store.writing() as db:
        if not await private_links.revoke(db, ref, id_, by.id, datetime.now(UTC)):
            raise problem(HTTPStatus.NOT_FOUND, "link-not-found", "The case has no such link.")
