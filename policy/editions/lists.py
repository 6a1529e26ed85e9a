"""The edition's lists about closing, questions and help: each line of them says where it comes from."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from policy.frozen import Frozen

CaseSort = Literal["any", "ordinary", "serious", "hate", "personal", "nuisance", "environmental"]
ClosingName = Literal["with_letter", "unjustified", "dealt_with", "mediation", "not_usually_asb"]
ClosingNeed = Literal[
    "assessment",
    "first-contact",
    "police-advice",
    "appointment",
    "review",
    "perpetrator",
    "view",
    "risk-assessment",
    "safety",
    "victim-found",
    "support-offer",
    "partners",
    "specialist-help",
    "legal-options",
    "safe-way",
    "emergency-accommodation",
    "hearing-before",
    "hearing-during",
    "hearing-after",
    "police-consent",
    "police-referral",
    "police-withdrawal",
    "disclosure-refusal",
    "risk-review",
    "mediation-stop",
]


class _Listed(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str


class ClosingRequirement(_Listed):
    """What must be there before a case of one of these kinds closes in one of these ways."""

    cases: tuple[CaseSort, ...]
    closings: tuple[ClosingName, ...]
    needs: tuple[ClosingNeed, ...]


class Question(_Listed):
    """One of the questionnaire's, as the complainant reads it. `answers` by key, in the order to be shown."""

    key: str
    asks: str
    answers: Annotated[dict[str, str], Field(min_length=2)]


class Signpost(_Listed):
    """Help that people find by themselves. Without `categories` for every kind of case; `domestic_abuse`: only
    where it is a partner, an ex-partner or family.
    """

    key: str
    name: str
    how: str
    kind: Literal["self_help", "agency"]
    categories: tuple[str, ...] = ()
    domestic_abuse: bool = False
