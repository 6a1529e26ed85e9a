"""The questionnaire that the closing letter encloses: asked for once more, then let go. (section 5)"""

from typing import Final

from policy.case_file import CaseFile
from policy.facts.base import Role
from policy.facts.closing import CaseClosed, Closing
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.wishing import ContactDeclined
from policy.matters.base import Course, Stage


def was_enclosed(file: CaseFile) -> bool:
    """Not to an immediate closure, and not where nothing was written. (immediate-closure, note 4)"""
    told = file.proposed is not None and file.proposed.told_at is not None
    return told and file.closing is Closing.WITH_LETTER and file.wish.no_contact_since is None


COURSES: Final = (
    Course(
        kind=MatterKind.QUESTIONNAIRE,
        row="satisfaction-questionnaire",
        called="questionnaire",
        begun_by=CaseClosed,
        when=was_enclosed,
        stages={
            "sent": Stage(
                owed="Answer our questions, if they like",
                days=lambda days: days.questionnaire,
                steps={QuestionnaireAnswered: None},
                otherwise={ContactDeclined: None},
                by=Role.RESIDENT,
                lapses=True,
                lapses_to="chased",
            ),
            "chased": Stage(
                owed="Answer our questions, if they like",
                days=lambda days: days.questionnaire_chased,
                steps={QuestionnaireAnswered: None},
                otherwise={ContactDeclined: None},
                by=Role.RESIDENT,
                lapses=True,
                writes=LetterKind.QUESTIONNAIRE_REMINDER,
            ),
        },
        outlives_closing=True,
    ),
)
