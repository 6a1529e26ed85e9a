"""Who is calling: a signed token's bearer, or for the public report nobody in particular."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header

from api.problems import ProblemRaised, problem
from api.resources import Plugged
from policy.caller import Caller
from policy.facts.base import Role
from runtime.tokens import TokenRefused, read

Authorization = Annotated[str | None, Header(description="Bearer token, as made by `casework token`")]


async def _calling(plugged: Plugged, authorization: Authorization = None) -> Caller | None:
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise TokenRefused("not a bearer token")
        subject, role = read(plugged.settings, token)
        return Caller(id=subject, role=Role(role))
    except (TokenRefused, ValueError) as error:
        raise not_signed_in("The token is not valid or has expired.") from error


Calling = Annotated[Caller | None, Depends(_calling)]


def not_signed_in(detail: str = "This needs a token.") -> ProblemRaised:
    return problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", detail)


def forbidden(detail: str) -> ProblemRaised:
    return problem(HTTPStatus.FORBIDDEN, "not-yours-to-do", detail)
