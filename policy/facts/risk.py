"""How great the risk to somebody is, by the questions of the edition's matrix."""

from typing import Literal

from policy.facts.base import Fact, Name, Words


class RiskAssessmentAsked(Fact):
    """Somebody asks for it where it would not be due, or sooner than it would. (risk-assessment, section 4)"""

    fact: Literal["risk_assessment_asked"] = "risk_assessment_asked"
    person: Name = "complainant"
    words: Words


class RiskAssessed(Fact):
    """One answer to each question of the matrix, by their keys. Score and band follow from them."""

    fact: Literal["risk_assessed"] = "risk_assessed"
    person: Name = "complainant"
    answers: dict[Name, Name]
    words: Words


Facts = RiskAssessmentAsked | RiskAssessed
