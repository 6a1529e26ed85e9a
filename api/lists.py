"""What officers choose a key from: the closed lists of the edition in force."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, Protocol

from fastapi import APIRouter

from api.problems import Wrong, problem
from policy.editions import Edition, in_force_on, released
from policy.frozen import Frozen
from policy.legal_action.proven import LIMITS
from policy.working_days import london_day

routes = APIRouter(tags=["lists"])


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


class Choice(Frozen):
    """`key` is what facts say, `name` what people read. A question has its `answers`."""

    key: str
    name: str
    answers: tuple["Choice", ...] = ()


class Lists(Frozen):
    edition: str
    lists: dict[str, tuple[Choice, ...]]


def _named(listed: Iterable[_Named]) -> tuple[Choice, ...]:
    return tuple(Choice(key=one.key, name=one.name) for one in listed)


def _steps(*kinds: str) -> Callable[[Edition], tuple[Choice, ...]]:
    return lambda edition: _named(step for step in edition.legal.steps if step.kind in kinds)


def _risk(edition: Edition) -> tuple[Choice, ...]:
    return tuple(
        Choice(key=one.key, name=one.asks, answers=tuple(Choice(key=a.key, name=a.says) for a in one.answers))
        for one in edition.risk.questions
    )


def _questionnaire(edition: Edition) -> tuple[Choice, ...]:
    return tuple(
        Choice(key=q.key, name=q.asks, answers=tuple(Choice(key=k, name=said) for k, said in q.answers.items()))
        for q in edition.questionnaire
    )


LISTS: Final[Mapping[str, Callable[[Edition], tuple[Choice, ...]]]] = {
    "categories": lambda edition: _named(edition.categories),
    "agencies": lambda edition: _named(edition.agencies),
    "districts": lambda edition: _named(edition.case_reviews.districts),
    "review-routes": lambda edition: _named(edition.case_reviews.routes),
    "remedies": _steps("remedy"),
    "warnings-and-notices": _steps("warning", "notice"),
    "requests": _steps("request"),
    "conditions-not-disabilities": lambda edition: _named(edition.legal.excluded_conditions),
    "grounds-of-possession": lambda edition: _named(edition.legal.grounds),
    "conditions-of-ground-7a": lambda _: tuple(Choice(key=one, name=asked) for one, asked in LIMITS.items()),
    "powers": lambda edition: _named(edition.powers),
    "lawful-reasons": lambda edition: _named(edition.police.lawful_reasons),
    "lawful-reasons-health": lambda edition: _named(edition.health.lawful_reasons),
    "partners": lambda edition: _named(edition.partners.partners),
    "needs": lambda edition: _named(edition.needs.kinds),
    "support-providers": lambda edition: _named(edition.support.providers),
    "safety-measures": lambda edition: _named(edition.safety.measures),
    "risk-questions": _risk,
    "review-questions": lambda edition: tuple(Choice(key=q.key, name=q.asks) for q in edition.review_questions),
    "questionnaire": _questionnaire,
    "signposts": lambda edition: _named(edition.signposts),
    "findings": lambda edition: _named(edition.findings),
}


def is_one_of(name: str, said: str | None, known: Iterable[str]) -> None:
    """Raises 422 for a filter that can find nothing, naming what there is."""
    if said is not None and said not in (there_is := list(known)):
        detail = f"There is no {name} {said}. There is: {', '.join(there_is)}."
        wrong = (Wrong(field=name, why=f"must be one of {', '.join(there_is)}"),)
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail, wrong=wrong)


def keys_of(name: str) -> list[str]:
    """Of a list, in whatever edition: a case goes by its own."""
    return list(dict.fromkeys(one.key for edition in released() for one in LISTS[name](edition)))


@routes.get("/lists", summary="Every list that a key is chosen from")
async def every() -> Lists:
    """Of the edition in force today. A case goes by the edition that it began under."""
    edition = _today()
    return Lists(edition=edition.name, lists={name: of(edition) for name, of in LISTS.items()})


@routes.get("/lists/{name}", summary="One list that a key is chosen from")
async def one(name: str) -> Lists:
    """404 for what is no list; the answer then names those there are."""
    if name not in LISTS:
        detail = f"The lists are: {', '.join(LISTS)}."
        raise problem(HTTPStatus.NOT_FOUND, "list-not-found", detail)
    edition = _today()
    return Lists(edition=edition.name, lists={name: LISTS[name](edition)})


def _today() -> Edition:
    return in_force_on(london_day(datetime.now(UTC)))
