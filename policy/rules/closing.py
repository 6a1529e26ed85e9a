"""Closing: what must be there first, who agrees, and the closures that may happen at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines.supervising import closure_needs_approval
from policy.decisions import ProposedClosure
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.closing import CaseClosed, Closing, ClosureProposed, Outcome
from policy.facts.letters import LetterKind
from policy.letters_owed import LetterState
from policy.refusals import (
    AnotherPersonMustApprove,
    CaseIsJoined,
    CaseNotReadyToClose,
    NoClosureProposed,
    NotAnImmediateClosure,
    Refused,
)
from policy.rules.closing_requirements import Missing, still_missing
from policy.rules.mediation import mediation_fits
from policy.working_days import moment_in_words

_IN_WORDS: Final = {
    Closing.WITH_LETTER: "with a closing letter",
    Closing.UNJUSTIFIED: "as not justified",
    Closing.DEALT_WITH: "as dealt with",
    Closing.MEDIATION: "as referred to mediation",
    Closing.NOT_USUALLY_ASB: "as not usually anti-social behaviour",
    Closing.JOINED: "with the case that it was joined to",
}

_BY_DECISION: Final = tuple(closing for closing in Closing if closing is not Closing.JOINED)

_TELLING: Final = Missing("telling the complainant why, by speaking to them", ("contact_made",))
_PROPOSAL: Final = Missing("proposed closure", ("closure_proposed",))
_APPROVAL: Final = Missing("supervisor's approval", ("closure_approved",))
_LETTER: Final = Missing("closing letter sent", ("letter_sent",))
_REFERRAL: Final = Missing("referral to mediation", ("mediation_referred",))

_NOT_TO_GO: Final = frozenset({LetterState.SET_ASIDE, LetterState.WITHHELD})


def ready_to_propose(file: CaseFile, edition: Edition) -> None:
    if missing := still_missing(file, Closing.WITH_LETTER, edition):
        raise _lacking("Before a closure is proposed", missing)


def outcome_is_so(fact: ClosureProposed, file: CaseFile) -> None:
    """Nobody is said to have withdrawn who has not."""
    if fact.outcome is Outcome.COMPLAINANT_WITHDREW and file.wish.withdrawn_at is None:
        withdrawal = Missing("the complainant's withdrawal", ("complaint_withdrawn",))
        raise _lacking("Before a closure is proposed for that reason", [withdrawal])


def awaits_approval(file: CaseFile, edition: Edition) -> None:
    proposed = file.proposed
    if proposed is None or proposed.approved_by is not None or not closure_needs_approval(file, edition):
        raise NoClosureProposed("No proposed closure is waiting for approval.")


def somebody_else_approves(file: CaseFile, entry: Entry) -> None:
    if file.proposed is not None and file.proposed.by == entry.by.id:
        raise AnotherPersonMustApprove("You proposed this closure, so another supervisor must approve it.")


def can_close_somehow(file: CaseFile, edition: Edition) -> None:
    """Raises the reason against closing with a letter when no other way is open either."""
    for closing in _BY_DECISION:
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
        raise CaseNotReadyToClose(
            f"The complainant was told on {moment_in_words(told_at)}, so the case closed later: check the date."
        )


def can_close(file: CaseFile, closing: Closing, edition: Edition) -> None:
    """(closing-letter and immediate-closure, section 5 and note 4)"""
    if closing is Closing.JOINED:
        return
    if file.joined is not None:
        raise CaseIsJoined(f"This case closes with {file.joined.into}, which it was joined to.")
    if file.reported_at is None:
        raise _lacking("Before the case can close", [Missing("report", ("report_received",))])
    if closing is Closing.WITH_LETTER:
        _told_in_writing(file, edition)
        return
    if file.domestic_abuse:
        raise NotAnImmediateClosure(
            "A case with domestic abuse is not closed at once: propose the closure and tell them safely."
        )
    if file.serious or file.hate is not None:
        raise NotAnImmediateClosure(
            "A serious or hate case is not closed at once: propose the closure and write to the complainant."
        )
    if file.proposed is not None and file.proposed.told_at is not None:
        raise NotAnImmediateClosure("The closing letter has gone: close the case with the letter.")
    if missing := still_missing(file, closing, edition):
        raise _lacking(f"Before the case can close {_IN_WORDS[closing]}", missing)
    _is_what_it_is_called(file, closing, edition)
    since = file.assessment.at if file.assessment else file.reported_at
    if file.writes_by is None and not _told_without_a_letter(file, since):
        raise _lacking("Before the case can close", [_TELLING])


def _told_in_writing(file: CaseFile, edition: Edition) -> None:
    missing = still_missing(file, Closing.WITH_LETTER, edition)
    if file.proposed is None:
        missing.append(_PROPOSAL)
    else:
        if closure_needs_approval(file, edition) and file.proposed.approved_by is None:
            missing.append(_APPROVAL)
        if not _told(file, file.proposed):
            missing.append(_LETTER if file.writes_by else _TELLING)
    if missing:
        raise _lacking("Before the case can close", missing)


def _told(file: CaseFile, proposed: ProposedClosure) -> bool:
    return proposed.told_at is not None or _told_without_a_letter(file, since=proposed.at)


def _told_without_a_letter(file: CaseFile, since: datetime) -> bool:
    """Somebody who gave us nowhere to write to is told when we speak to them, if that can be; somebody who wants
    no contact is not told.
    """
    if file.wish.no_contact_since is not None:
        return True
    if file.writes_by is not None:
        return False
    spoken = file.last_contact_at is not None and file.last_contact_at >= since
    return spoken or not file.reachable


def _is_what_it_is_called(file: CaseFile, closing: Closing, edition: Edition) -> None:
    if closing is Closing.NOT_USUALLY_ASB:
        _excluded(file)
    if closing is Closing.MEDIATION:
        mediation_fits(file, edition)
        _referred_or_advised(file)


def _excluded(file: CaseFile) -> None:
    if file.assessment is None or file.assessment.exclusion is None:
        raise NotAnImmediateClosure(
            'The case was not assessed as "not usually anti-social behaviour": close it in another way.'
        )
    _advice_has_gone(file)


def _referred_or_advised(file: CaseFile) -> None:
    """Referred; or, where it is not usually anti-social behaviour, advised in the letter to try it.
    (immediate-closure, section 5, note 4; section 2)
    """
    if file.mediation_referred_at is not None:
        return
    if file.assessment is None or file.assessment.exclusion is None:
        raise _lacking(f"Before the case can close {_IN_WORDS[Closing.MEDIATION]}", [_REFERRAL])
    _advice_has_gone(file)


def _advice_has_gone(file: CaseFile) -> None:
    waiting = (letter for letter in file.letters.values() if letter.state not in _NOT_TO_GO)
    if any(letter.kind is LetterKind.NOT_USUALLY_ASB for letter in waiting):
        raise CaseNotReadyToClose(
            "The letter with our reasons and advice has not gone yet.",
            missing=("advice letter sent",),
            missing_facts=("letter_sent",),
        )


def _lacking(start: str, missing: Sequence[Missing]) -> CaseNotReadyToClose:
    """What is missing, in words and as the facts that would supply it."""
    words = tuple(one.words for one in missing)
    facts = tuple(dict.fromkeys(fact for one in missing for fact in one.facts))
    return CaseNotReadyToClose(
        f"{start}, this is missing or still open: {'; '.join(one.sentence for one in missing)}.",
        missing=words,
        missing_facts=facts,
    )
