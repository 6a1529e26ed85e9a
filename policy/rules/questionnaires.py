"""Answers are to questions that were asked. (satisfaction-questionnaire, section 5)"""

from policy.editions import Edition
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.refusals import AnswerNotKnown


def answers_are_known(fact: QuestionnaireAnswered, edition: Edition) -> None:
    """Refuses a paper on which nothing was answered or written."""
    if not fact.answers and not fact.words:
        raise AnswerNotKnown(
            "Record at least one answer, or what they wrote.", missing=("an answer, or what they wrote",)
        )
    asked = {question.key: question for question in edition.questionnaire}
    for key, answer in fact.answers.items():
        if key not in asked:
            known = "; ".join(f"{one.asks} ({one.key})" for one in edition.questionnaire)
            raise AnswerNotKnown(f"{key} is not a question. The questions are: {known}")
        if answer not in asked[key].answers:
            known = "; ".join(f"{says} ({known})" for known, says in asked[key].answers.items())
            raise AnswerNotKnown(f"{asked[key].asks} Choose from: {known}.")
