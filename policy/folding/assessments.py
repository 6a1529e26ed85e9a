"""Assessment, honest advice, second looks."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.decisions import Advised, Assessment
from policy.editions import Edition
from policy.facts import Entry, assessing
from policy.facts.letters import LetterKind
from policy.folding.base import fold
from policy.folding.reports import HATE, serious_from, with_hate


@fold.register
def _(fact: assessing.Assessed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """The newest assessment holds, also when an earlier one is written down after it. Hate is hate in any."""
    if HATE in fact.categories:
        file = serious_from(with_hate(file, None, fact, entry.recorded_at), fact)
    if file.assessment is not None and fact.at < file.assessment.at:
        return file
    serious = fact.seriousness is assessing.Seriousness.SERIOUS or file.hate is not None
    presumed_at = _told_since(file.presumed_serious_at, fact)
    held = (*fact.categories, HATE) if file.hate and HATE not in fact.categories else fact.categories
    assessment = Assessment(
        at=fact.at, by=entry.by.id, seriousness=fact.seriousness, limb=fact.limb, exclusion=fact.exclusion
    )
    file = file.with_(
        assessment=assessment,
        categories=held,
        presumed_serious_at=presumed_at,
        reassess_since=_told_since(file.reassess_since, fact) if fact.exclusion else None,
        serious_since=(file.serious_since or fact.at) if serious else presumed_at,
    )
    if fact.exclusion is None:
        return file
    file = _advised(file, entry)
    key = f"not-usually-asb-{file.seq + 1}"
    return file.owing(LetterKind.NOT_USUALLY_ASB, key, entry.id, entry.recorded_at)


def _told_since(moment: datetime | None, fact: assessing.Assessed) -> datetime | None:
    """What came after an assessment was not assessed by it, whenever that is written down."""
    return moment if moment is not None and moment > fact.at else None


@fold.register
def _(_fact: assessing.AdviceGiven, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = _advised(file, entry)
    return file.owing(LetterKind.HONEST_ADVICE, f"honest-advice-{file.seq + 1}", entry.id, entry.recorded_at)


def _advised(file: CaseFile, entry: Entry) -> CaseFile:
    """Further advice does not answer a second look that was asked for. (honest-advice, section 5)"""
    if file.advised is not None and file.advised.second_look_asked_at is not None:
        return file
    return file.with_(advised=Advised(by=entry.by.id))


@fold.register
def _(fact: assessing.SecondLookAsked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if file.advised is None or file.advised.second_look_asked_at is not None:
        return file
    return file.with_(advised=file.advised.model_copy(update={"second_look_asked_at": fact.at}))


@fold.register
def _(_fact: assessing.SecondLookAnswered, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = file.with_(advised=None)
    key = f"second-look-answer-{file.seq + 1}"
    return file.owing(LetterKind.SECOND_LOOK_ANSWER, key, entry.id, entry.recorded_at)
