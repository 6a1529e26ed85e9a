"""What an edition says of risk, needs, support and safety."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from policy.editions.table import AtLeastOne, Listed, Part, Table

Score = Annotated[int, Field(ge=0)]


class Answer(Part):
    key: str
    says: str
    score: Score


class Question(Part):
    key: str
    asks: str
    answers: Annotated[tuple[Answer, ...], Field(min_length=1)]

    def score_of(self, key: str) -> int | None:
        """None for an answer that the question does not have."""
        return next((answer.score for answer in self.answers if answer.key == key), None)


class Band(Listed):
    """Reached from `from_score` on. The assessment expires after `lasts_working_days`; a supervisor looks at the
    case within `review_working_days` where the band says so.
    """

    from_score: Score
    lasts_working_days: AtLeastOne
    review_working_days: AtLeastOne | None = None
    consider_safety: bool = False


class RiskMatrix(Table):
    """Due within `working_days`. Bands are listed the lowest first."""

    working_days: AtLeastOne
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_score_has_its_band(self) -> "RiskMatrix":
        lowest = [band.from_score for band in self.bands]
        if lowest[0] != 0 or lowest != sorted(set(lowest)):
            raise ValueError("the first band begins at 0 and each later one higher")
        _each_once([q.key for q in self.questions])
        for question in self.questions:
            _each_once([answer.key for answer in question.answers])
        return self

    def question(self, key: str) -> Question | None:
        return next((q for q in self.questions if q.key == key), None)

    def score_of(self, answers: Mapping[str, str]) -> int:
        """What the matrix does not know counts nothing; the rules refuse it before."""
        return sum(q.score_of(answers[q.key]) or 0 for q in self.questions if q.key in answers)

    def band_for(self, score: int) -> Band:
        return [band for band in self.bands if band.from_score <= score][-1]


def _each_once(keys: list[str]) -> None:
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice")


class NeedKind(Listed):
    """`vulnerable`: a risk assessment is due when it is told; `disability`: it is one, or may be."""

    vulnerable: bool = False
    disability: bool = False


class Needs(Table):
    """`working_days`: who was reached in another way than they need is reached in the right one."""

    working_days: AtLeastOne
    kinds: tuple[NeedKind, ...]

    def is_known(self, key: str) -> bool:
        return any(kind.key == key for kind in self.kinds)

    def is_disability(self, kind: str) -> bool:
        return any(one.key == kind and one.disability for one in self.kinds)

    def is_vulnerable(self, key: str) -> bool:
        return any(kind.key == key and kind.vulnerable for kind in self.kinds)


class Victims(Table):
    """In a serious case that somebody else reported we find out who the victim is, within `find_working_days`."""

    find_working_days: AtLeastOne


class DomesticAbuse(Table):
    hours: AtLeastOne


class Provider(Listed):
    domestic_abuse: bool = False


class Support(Table):
    """Offered to the victim of hate within `hate_working_days`."""

    hate_working_days: AtLeastOne
    providers: tuple[Provider, ...]

    def provider(self, key: str) -> Provider | None:
        return next((one for one in self.providers if one.key == key), None)


class Safety(Table):
    working_days: AtLeastOne
    danger_hours: AtLeastOne
    measures: tuple[Listed, ...]


class Partner(Listed):
    """`agencies` of the edition hear what they are told."""

    agencies: tuple[str, ...]


class Partners(Table):
    working_days: AtLeastOne
    partners: tuple[Partner, ...]


class Health(Table):
    """`lawful_reasons` for which a GP or nurse may be asked without consent."""

    lawful_reasons: tuple[Listed, ...]


class Witnesses(Table):
    """Support before and after a hearing; `short_notice_hours` where it is too near for that."""

    before_working_days: AtLeastOne
    after_working_days: AtLeastOne
    short_notice_hours: AtLeastOne
