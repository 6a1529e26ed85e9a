"""A form of ours, whatever it asks: shown, sent, and shown again as it was typed with what is wrong with it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from fastapi import Response

from api.problems import Problem, meant_by
from api.resources import Resources
from pages.private.saying import NOT_TAKEN
from pages.staff.recording import drafts
from pages.staff.recording.form import key_in, only_grows, said_anew
from pages.staff.recording.inputs import Input, grown
from pages.staff.recording.typed import places, wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller
from store.drafts import Draft, Place


class Asking(Protocol):
    """`fact` is how the border calls what is asked, `context` what else the template shows, and `draft` where what
    somebody began belongs: None where it is not kept.
    """

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
    @property
    def draft(self) -> Place | None: ...


A = TypeVar("A", bound=Asking)
Typed = Mapping[str, Sequence[str]]
Press = Callable[[str], Awaitable[Response]]
"""What a button does, under the form's key. Raises what is said on the form."""


async def opened(
    needs: Resources,
    who: Caller,
    there: A,
    filled: Typed,
    drawn: Callable[[A, Typed], Awaitable[A]] | None = None,
) -> Response:
    """As they left it, where they had begun; else with what is filled in already. `drawn` where what stands in it
    is what it asks.
    """
    draft = await drafts.find(needs, who, there.draft)
    typed: Typed = draft.said if draft else filled
    if drawn is not None:
        there = await drawn(there, typed)
    return await _page(needs, who, there, typed, draft.key if draft else key_in({}), began=draft)


async def asked(
    needs: Resources,
    who: Caller,
    there: Asking,
    typed: Typed,
    key: str,
    *,
    said: Problem | None = None,
    **shown: Any,  # noqa: ANN401 - what a template shows
) -> Response:
    """As it was typed, and kept so, with what is wrong with it. `shown` is in place of what `context` says."""
    said, key = said_anew(said, key)
    if there.draft is not None:
        await drafts.keep(needs, who, there.draft, typed, key)
    return await _page(needs, who, there, typed, key, said=said, **shown)


async def pressed(
    needs: Resources,
    who: Caller,
    there: Asking,
    form: Mapping[str, list[str]],
    record: Press,
    **others: Press,
) -> Response:
    """Whatever is wrong with it, what was typed stays. Pressed twice it is recorded once, and never as somebody's
    who did not write it. `others` are buttons that record nothing, by what they `do`.
    """
    key, do = key_in(form), form.get("do", [""])[0]
    if there.draft is not None and do in drafts.DOES:
        done = await drafts.done(needs, who, there.draft, form, key)
        return await _page(needs, who, there, form, key, said=done) if isinstance(done, Problem) else done
    if (theirs := drafts.of_somebody_else(who, form)) is not None:
        return await _page(needs, who, there, form, key, said=theirs)
    if only_grows(form):
        return await asked(needs, who, there, form, key)
    try:
        if do in others:
            return await others[do](key)
        answer = await record(key)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, said=meant_by(error).problem)
    if there.draft is not None:
        await drafts.over(needs, who, key)
    return answer


async def _page(
    needs: Resources,
    who: Caller,
    there: Asking,
    typed: Typed,
    key: str,
    *,
    said: Problem | None = None,
    began: Draft | None = None,
    **shown: Any,  # noqa: ANN401 - as above
) -> Response:
    inputs = grown(there.inputs, typed)
    wrong: dict[str, Any] = wrong_with(said, there.fact, inputs) if said and said.wrong else {}
    told = {"there": there, "inputs": inputs, "typed": typed, "wrong": wrong}
    told |= {"said": said, "key": key, "began": began, "places": places(inputs)}
    return await staff_page(
        needs,
        who,
        there.template,
        f"{'Error: ' if said else ''}{there.title}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        **{**told, **there.context, **shown},
    )
