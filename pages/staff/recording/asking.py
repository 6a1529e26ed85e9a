"""A form of ours, whatever it asks: shown, sent, and shown again as it was typed with what is wrong with it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import Response

from api.problems import Problem, meant_by
from api.resources import Resources
from pages.private.saying import NOT_TAKEN
from pages.staff.recording.form import key_in, said_anew
from pages.staff.recording.inputs import Input
from pages.staff.recording.typed import wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller


class Asking(Protocol):
    """`fact` is how the border calls what is asked, `context` what else the template shows."""

    @property
    def template(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def fact(self) -> str: ...
    @property
    def inputs(self) -> tuple[Input, ...]: ...
    @property
    def context(self) -> Mapping[str, Any]: ...


Press = Callable[[str], Awaitable[Response]]
"""What a button does, under the form's key. Raises what is said on the form."""


async def asked(
    needs: Resources,
    who: Caller,
    there: Asking,
    typed: Mapping[str, Sequence[str]],
    key: str,
    *,
    said: Problem | None = None,
    **shown: Any,  # noqa: ANN401 - what a template shows
) -> Response:
    """As it was typed, with what is wrong with it. `shown` is in place of what `context` says."""
    said, key = said_anew(said, key)
    wrong: dict[str, Any] = wrong_with(said, there.fact, there.inputs) if said and said.wrong else {}
    return await staff_page(
        needs,
        who,
        there.template,
        f"{'Error: ' if said else ''}{there.title}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        **{"there": there, "typed": typed, "wrong": wrong, "said": said, "key": key, **there.context, **shown},
    )


async def pressed(
    needs: Resources,
    who: Caller,
    there: Asking,
    form: Mapping[str, list[str]],
    record: Press,
    **others: Press,
) -> Response:
    """Whatever is wrong with it, what was typed stays. Pressed twice it is recorded once. `others` are buttons
    that record nothing, by what they `do`.
    """
    key = key_in(form)
    try:
        return await others.get(form.get("do", [""])[0], record)(key)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, said=meant_by(error).problem)
