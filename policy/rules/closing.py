"""Closing: what must be there first, who agrees, and the closures that may happen at once."""

from datetime import datetime
from typing import Final

from policy.case_file import Assessment, CaseFile, LetterState, ProposedClosure
from policy.deadlines import deadlines
from policy.deadlines.supervising import closure_needs_approval
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.closing import CaseClosed, Closing
from policy.facts.letters import LetterKind
from policy.refusals import (
    AnotherPersonMustApprove,
    CaseNotReadyToClose,
    NoClosureProposed,
    NotAnImmediateClosure,
    Refused,
)
from policy.rules.matters import open_matters
from policy.rules.mediation import referred_or_advised
from policy.working_days import moment_in_words

_IN_WORDS: Final = {
    Closing.WITH_LETTER: "with a closing letter",
    Closing.UNJUSTIFIED: "as not justified",
    Closing.DEALT_WITH: "as dealt with",
    Closing.MEDIATION: "as referred to mediation",
    Closing.NOT_USUALLY_ASB: "as not usually anti-social behaviour",
}

_TELLING: Final = "telling the complainant why, by speaking to them"

_OWED_FIRST: Final = {
    "first-contact": "first contact",
    "assessment": "assessment",
    "reassessment": "a new assessment, since it keeps being reported",
    "second-look": "answer to the second look",
    "police-advice": "advice to ring the police",
    "appointment": "offer of an appointment",
    "police-consent": "asking the victim about the police",
    "police-referral": "referral to the police, or why not",
}

_OWED_ALWAYS: Final = {"reassessment", "second-look", "police-consent", "police-referral"}


def ready_to_propose(file: CaseFile, edition: Edition) -> None:
    missing = _handling_still_missing(file, edition)
    if missing:
        raise CaseNotReadyToClose(_sentence("Before a closure is proposed", missing), missing=missing)


def awaits_approval(file: CaseFile, edition: Edition) -> None:
    proposed = file.proposed
    if proposed is None or proposed.approved_by is not None or not closure_needs_approval(file, edition):
        raise NoClosureProposed("No proposed closure is waiting for approval.")


def somebody_else_approves(file: CaseFile, entry: Entry) -> None:
    if file.proposed is not None and file.proposed.by == entry.by.id:
        raise AnotherPersonMustApprove("You proposed this closure. Another supervisor approves it.")


def can_close_somehow(file: CaseFile, edition: Edition) -> None:
    """Raises the reason against closing with a letter when no other way is open either."""
    for closing in Closing:
        try:
            can_close(file, closing, edition)
        except Refused:
            continue
        return
    can_close(file, Closing.WITH_LETTER, edition)


def closes_as_it_says(file: CaseFile, fact: CaseClosed, edition: Edition) -> None:
    can_close(file, fact.closing, edition)
    told_at = file.proposed.told_at if file.proposed else None
    if fact.closing is Closing.WITH_LETTER and told_at is not None and fact.at < told_at:
        raise CaseNotReadyToClose(f"The complainant was told only on {moment_in_words(told_at)}.")


def can_close(file: CaseFile, closing: Closing, edition: Edition) -> None:
    """(closing-letter and immediate-closure, section 5 and note 4)"""
    if closing is Closing.WITH_LETTER:
        _told_in_writing(file, edition)
        return
    if file.serious or file.hate is not None:
        raise NotAnImmediateClosure(
            "A serious or hate case is not closed at once: propose the closure and write to the complainant."
        )
    if file.proposed is not None and file.proposed.told_at is not None:
        raise NotAnImmediateClosure("The closing letter has gone: close the case with the letter.")
    if missing := _asked_again(file, edition):
        raise CaseNotReadyToClose(_sentence("Before the case can close", missing), missing=missing)
    if file.assessment is None:
        raise CaseNotReadyToClose(
            f"To close {_IN_WORDS[closing]}, assess the case first.", missing=("assessment",)
        )
    if closing is Closing.NOT_USUALLY_ASB:
        _excluded(file, file.assessment)
    if closing is Closing.MEDIATION:
        referred_or_advised(file)
    if file.writes_by is None and not _only_spoken_to(file, since=file.assessment.at):
        raise CaseNotReadyToClose(_sentence("Before the case can close", (_TELLING,)), missing=(_TELLING,))


def _told_in_writing(file: CaseFile, edition: Edition) -> None:
    missing = list(_handling_still_missing(file, edition))
    if file.proposed is None:
        missing.append("proposed closure")
    else:
        if closure_needs_approval(file, edition) and file.proposed.approved_by is None:
            missing.append("supervisor's approval")
        if not _told(file, file.proposed):
            missing.append("closing letter sent" if file.writes_by else _TELLING)
    if missing:
        raise CaseNotReadyToClose(_sentence("Before the case can close", tuple(missing)), missing=tuple(missing))


def _told(file: CaseFile, proposed: ProposedClosure) -> bool:
    return proposed.told_at is not None or _only_spoken_to(file, since=proposed.at)


def _only_spoken_to(file: CaseFile, since: datetime) -> bool:
    """Somebody who gave us nowhere to write to is told when we speak to them, if that can be."""
    if file.writes_by is not None:
        return False
    spoken = file.last_contact_at is not None and file.last_contact_at >= since
    return spoken or not file.reachable


def _excluded(file: CaseFile, assessment: Assessment) -> None:
    if assessment.exclusion is None:
        raise NotAnImmediateClosure('The case was not assessed as "not usually anti-social behaviour".')
    if any(letter.kind is LetterKind.NOT_USUALLY_ASB for letter in file.letters.values()):
        raise CaseNotReadyToClose(
            "The letter with our reasons and advice has not gone yet.", missing=("advice letter sent",)
        )


def _asked_again(file: CaseFile, edition: Edition) -> tuple[str, ...]:
    """Closing at once does not silence somebody who asked us to look again, or who keeps reporting, and drops no
    alleged crime and nothing that was promised or begun.
    """
    owed = (_OWED_FIRST[d.key] for d in deadlines(file, edition) if d.key in _OWED_ALWAYS)
    return (*owed, *open_matters(file))


def _handling_still_missing(file: CaseFile, edition: Edition) -> tuple[str, ...]:
    """What is owed in handling the case cannot be skipped by closing it."""
    owed = [_OWED_FIRST[d.key] for d in deadlines(file, edition) if d.key in _OWED_FIRST]
    in_doubt = [letter.kind for letter in file.letters.values() if letter.state is LetterState.IN_DOUBT]
    doubts = (f"whether the {kind.replace('-', ' ')} went" for kind in in_doubt)
    return (*owed, *doubts, *open_matters(file))


def _sentence(start: str, missing: tuple[str, ...]) -> str:
    return f"{start}, this is missing: {', '.join(missing)}."
