"""Who is calling: a signed token's bearer, or for the public report nobody in particular."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Header

from api.problems import ProblemRaised, problem
from api.resources import Needs
from policy.facts.base import Actor, Role
from runtime.tokens import TokenRefused, read

_STAFF: Final = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.MANAGER})
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


async def _staff(caller: Annotated[Actor | None, Depends(_caller)]) -> Actor:
    if caller is None:
        raise _not_signed_in("This needs a token.")
    if caller.role not in _STAFF:
        raise forbidden("This is for officers and those who lead them.")
    return caller


async def _anyone_signed_in(caller: Annotated[Actor | None, Depends(_caller)]) -> Actor:
    if caller is None:
        raise _not_signed_in("This needs a token.")
    return caller


async def _public_or_staff(caller: Annotated[Actor | None, Depends(_caller)]) -> Actor:
    return caller or PUBLIC


Staff = Annotated[Actor, Depends(_staff)]
SignedIn = Annotated[Actor, Depends(_anyone_signed_in)]
PublicOrStaff = Annotated[Actor, Depends(_public_or_staff)]


def _not_signed_in(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", detail)


def forbidden(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.FORBIDDEN, "not-yours-to-do", detail)
