"""The door of every route: whether the caller may do what it does, and how much of the database they then see."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request

from api.actions import ACTION_OF
from api.identity import Calling, forbidden, not_signed_in
from api.problems import ProblemRaised, problem
from api.resources import Plugged, Resources
from policy.caller import Caller
from policy.facts.base import Actor, Role
from policy.permissions import ABOUT_A_CASE, Action, Relation, relations
from store.asked import Asked
from store.lookings import look_at, look_at_people
from store.relations import relation_to
from store.sessions import Store, Viewer

PUBLIC: Final = Caller(id="public", role=Role.RESIDENT)
_RESTRICTED: Final = frozenset({Relation.RESTRICTED, Relation.RESTRICTED_TEAM})
_BY_LINK: Final = Caller(id="agency", role=Role.AGENCY)

_OF_SOMEBODY: Final = frozenset({Action.SEE_PEOPLE, Action.KEEP_PEOPLE})
"""A form in which somebody is put right holds all that we keep about them."""

_SEES: Final = {Action.LIST_LEGAL_ACTIONS: Action.SEE_LEGAL_ACTION}
"""What is about no case in particular shows cases as this; everything else as seeing one."""


async def allowed(request: Request, plugged: Plugged, calling: Calling) -> None:
    """Raises 401 and 403. Behind it the routes know who calls, and the database shows them no more than they may
    see. A case that there is not is for the route to say.
    """
    action = ACTION_OF[request.method, request.scope["route"].path]
    await admit(request, plugged, calling, action, shows=request.method == "GET")


async def admit(
    request: Request, plugged: Plugged, calling: Caller | None, action: Action, *, shows: bool = True
) -> None:
    """The same for a page, which says itself what it does. What `shows` something is a look: so does a page that
    answers a form.
    """
    caller = calling or PUBLIC
    if not (where := relations(caller.role, action)):
        raise not_for(caller.role) if calling else not_signed_in()
    relation = None
    if action in ABOUT_A_CASE:
        relation = await _relation(plugged, request, caller, action, shows=shows)
        if relation is not None and relation not in where:
            raise _shut(caller, relation, action)
    else:
        if shows and action in _OF_SOMEBODY and (person := request.path_params.get("id_")):
            await look_at_people(plugged.store, [person], caller, Action.SEE_PEOPLE)
        where = relations(caller.role, _SEES.get(action, Action.SEE_CASE))
    request.state.caller, request.state.relation = caller, relation
    request.state.needs = plugged.seen_by(Viewer(caller.id, tuple(caller.teams), tuple(where)))


async def _relation(
    plugged: Plugged, request: Request, caller: Caller, action: Action, *, shows: bool
) -> Relation | None:
    """Looking is written down in the same moment; what is recorded says itself who did. How the case concerns them
    was asked together with who calls, and need not be asked again unless there is something to write.
    """
    ref, known, where = request.path_params["ref"], _known(request), relations(caller.role, action)
    if not shows:
        return known.relation if known else await relation_to(plugged.store, ref, caller)
    if known and known.relation in where and action in known.looked:
        return known.relation
    return await look_at(plugged.store, ref, caller, action, tuple(where))


def _known(request: Request) -> Asked | None:
    """Of a case that there is."""
    asked: Asked | None = request.state.asked
    return asked if asked and asked.relation else None


async def also_on(needs: Resources, caller: Caller, ref: str, action: Action = Action.RECORD_ON_CASE) -> None:
    """What is recorded on one case and concerns another is for who may do it on both. Raises 403."""
    relation = await relation_to(needs.store, ref, caller)
    if relation is Relation.EMERGENCY and action is Action.RECORD_ON_CASE:
        raise only_help()
    if relation is not None and relation not in relations(caller.role, action):
        raise _shut(caller, relation, action)


def not_in_an_emergency(needs: Resources) -> Store:
    """As the caller sees cases, but for those that they see in an emergency alone."""
    viewer = needs.store.viewer
    if viewer is None:
        raise TypeError("nobody in particular looks")
    return needs.store.seen_by(
        replace(viewer, sees=tuple(one for one in viewer.sees if one != Relation.EMERGENCY))
    )


async def by_link(request: Request, plugged: Plugged) -> None:
    """The link itself is the right, whoever else its bearer may be signed in as: nothing but what it names."""
    request.state.caller = _BY_LINK
    request.state.needs = plugged.seen_by(Viewer(_BY_LINK.id, (), ()))


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


async def _actor(request: Request) -> Actor:
    return (await _caller(request)).actor


By = Annotated[Actor, Depends(_actor)]
"""Who calls, as what they record carries them. They may do what the route does."""

Who = Annotated[Caller, Depends(_caller)]
"""The same with their teams."""


async def _how(request: Request) -> Relation | None:
    relation: Relation | None = request.state.relation
    return relation


How = Annotated[Relation | None, Depends(_how)]
"""How the case that the route is about concerns them."""


def not_for(role: Role) -> ProblemRaised:
    return forbidden(f"This is not for the role {role}.")


def conflicted() -> ProblemRaised:
    return problem(
        HTTPStatus.FORBIDDEN,
        "conflict-of-interest",
        "You are down as having a connection with this case, so it is for somebody else. Is that wrong? "
        "Ask a manager or the data protection officer.",
    )


def _shut(caller: Caller, relation: Relation, action: Action) -> ProblemRaised:
    if relation is Relation.CONFLICTED:
        return conflicted()
    if action is Action.TAKE_EMERGENCY_ACCESS and relation in relations(caller.role, Action.SEE_CASE):
        return forbidden("This case is open to you already.")
    if relation is Relation.EMERGENCY:
        return only_help()
    if relation not in relations(caller.role, Action.TAKE_EMERGENCY_ACCESS):
        return not_for(caller.role)
    if relation not in _RESTRICTED:
        return forbidden(
            "Your role does not read cases. To see this one, take emergency access and say why; a manager looks at"
            " the reason."
        )
    return problem(
        HTTPStatus.FORBIDDEN,
        "restricted",
        "This case is open to a few people only. Ask a manager, or whoever leads its team, to admit you. If"
        " somebody is in danger and you must see it now, take emergency access and say why.",
    )


def only_help() -> ProblemRaised:
    return forbidden(
        "In emergency access you help: record what you heard and what you did to keep somebody safe. The rest is"
        " for those to whom the case is open."
    )
