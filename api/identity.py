"""Who is calling: a signed token's bearer, or for the public report nobody in particular."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Header

from api.problems import ProblemRaised, problem
from api.resources import Needs
from policy.facts.base import Actor, Role
from runtime.tokens import TokenRefused, read

_LEADING: Final = (Role.SUPERVISOR, Role.MANAGER)
PUBLIC: Final = Actor(id="public", role=Role.RESIDENT)

Authorization = Annotated[str | None, Header(description="Bearer token, as made by `casework token`")]


async def _caller(needs: Needs, authorization: Authorization = None) -> Actor | None:
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise TokenRefused("not a bearer token")
        subject, role = read(needs.settings, token)
        return Actor(id=subject, role=Role(role))
    except (TokenRefused, ValueError) as error:
        raise _not_signed_in("The token is not valid or has expired.") from error


def _only(sentence: str, *roles: Role) -> Callable[[Actor | None], Awaitable[Actor]]:
    async def allowed(caller: Annotated[Actor | None, Depends(_caller)]) -> Actor:
        if caller is None:
            raise _not_signed_in("This needs a token.")
        if caller.role not in roles:
            raise forbidden(sentence)
        return caller

    return allowed


async def _public_or_staff(caller: Annotated[Actor | None, Depends(_caller)]) -> Actor:
    return caller or PUBLIC


_staff: Final = _only("This is for officers and those who lead them.", Role.OFFICER, *_LEADING)
_supervisor: Final = _only("This is for supervisors.", *_LEADING)
_lettings: Final = _only("This is for lettings officers.", Role.LETTINGS)
_watching: Final = _only("This is for those who run Casework.", Role.OPS, Role.OFFICER, *_LEADING)

Staff = Annotated[Actor, Depends(_staff)]
Supervisor = Annotated[Actor, Depends(_supervisor)]
LettingsOfficer = Annotated[Actor, Depends(_lettings)]
Watching = Annotated[Actor, Depends(_watching)]
PublicOrStaff = Annotated[Actor, Depends(_public_or_staff)]


def _not_signed_in(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", detail)


def forbidden(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.FORBIDDEN, "not-yours-to-do", detail)
