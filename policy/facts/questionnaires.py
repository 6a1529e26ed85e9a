"""What the complainant thinks of how we did."""

from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Step


class QuestionnaireAnswered(Step):
    """`answers` by question, both keys of the edition; a question may be left out. (satisfaction-questionnaire)"""

    fact: Literal["questionnaire_answered"] = "questionnaire_answered"
    answers: dict[Name, Name]
    words: Words | None = None


Facts = QuestionnaireAnswered
