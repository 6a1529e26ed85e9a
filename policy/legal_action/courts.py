"""The claim, a breach and an appeal each have their court: which of them a fact is about. (court-decides)"""

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts
from policy.legal_action.action import LegalFile, Listed
from policy.legal_action.facts import BreachAnswered, OfCourt
from policy.refusals.legal import CourtHasNotDecided, LegalStepNotOpen
from policy.working_days import london_day


def of_appeal(file: LegalFile, fact: OfCourt) -> bool:
    """What a court says while an appeal is open is of that, unless it is said to be of a breach."""
    return file.stage is LegalStage.APPEALED and fact.appeal is not False


def of_the_one_in_court(file: LegalFile, fact: BreachAnswered) -> bool:
    """Nothing else is, where no breach before it is to be answered for."""
    if fact.to_court or file.in_court is None:
        return False
    return fact.in_court if fact.in_court is not None else not _some_to_be_answered_for(file, fact)


def _some_to_be_answered_for(file: LegalFile, fact: BreachAnswered) -> bool:
    return any(at <= fact.at for at in file.breached)


def listed_for(file: LegalFile, fact: OfCourt) -> str | None:
    """The field of the hearing that had been listed for a day by which it was decided, as we knew without one;
    that of a breach after the one before it was heard.
    """
    if not isinstance(fact, facts.CourtListed) or of_appeal(file, fact):
        return None
    name = "appeal_hearing" if fact.appeal else "hearing"
    known: Listed = getattr(file, name)
    if known.off_at is None:
        return None
    since = known.heard_at or known.at or fact.at
    return name if since <= fact.at <= known.off_at and fact.on <= london_day(known.off_at) else None


def court_is_said(file: LegalFile, fact: OfCourt) -> None:
    """An appeal and a breach each have their court; where nothing is open a day is of what was decided on it."""
    if listed_for(file, fact) is not None:
        return
    if file.stage in {LegalStage.IN_FORCE, LegalStage.REFUSED} and not fact.appeal:
        raise LegalStepNotOpen("No court is to hear us now, and by that day none has decided without a hearing.")
    if file.stage is not LegalStage.APPEALED:
        if fact.appeal:
            raise LegalStepNotOpen("No appeal is open. If there is one, record first that it was lodged.")
        return
    listed = isinstance(fact, facts.CourtListed)
    breach = file.in_court is not None or (listed and bool(file.breached))
    if fact.appeal is None and breach:
        raise LegalStepNotOpen(
            "An appeal and a breach are both open: say which of them this is about.",
            missing=("whether this is about the appeal",),
        )
    if fact.appeal is False and not breach:
        raise LegalStepNotOpen("No court deals with a breach now, only with the appeal.")


def no_breach_is_meant(file: LegalFile) -> None:
    """The outcome of the claim is there; what a court did about a breach is said as the answer to that."""
    if file.in_court is None and not file.breached:
        return
    if file.stage is LegalStage.APPEALED:
        raise CourtHasNotDecided(
            "An appeal and a breach are both open. Record what the court decided on the appeal as the end of the"
            " appeal, and what follows the breach as the answer to the breach.",
            missing=("whether this is about the appeal or the breach",),
            missing_facts=("appeal_decided", "breach_answered"),
        )
    if file.in_court is not None:
        raise CourtHasNotDecided(
            "What the court did about a breach is recorded as the answer to the breach, once more where the first"
            " answer was that it goes to court.",
            missing=("what the court did about the breach",),
            missing_facts=("breach_answered",),
        )
    raise CourtHasNotDecided(
        "There is a breach of the order. Record first as the answer to it what follows, and if that is the court,"
        " once more what the court did.",
        missing=("what follows the breach",),
        missing_facts=("breach_answered",),
    )


def breach_is_said(file: LegalFile, fact: BreachAnswered) -> None:
    """What settles one breach settles no other."""
    other = _some_to_be_answered_for(file, fact)
    if fact.in_court and fact.to_court:
        raise LegalStepNotOpen(
            "A breach that is in court already is not taken there again: say what the court did."
        )
    if fact.in_court and file.in_court is None:
        raise LegalStepNotOpen("No court deals with a breach now.")
    if fact.in_court is False and not other:
        raise LegalStepNotOpen("No breach before this is to be answered for, only one that is in court.")
    if not other and file.in_court is None:
        raise LegalStepNotOpen("The breach came after this: check the time.")
    if fact.in_court is None and not fact.to_court and other and file.in_court is not None:
        raise LegalStepNotOpen(
            "One breach is in court and another is to be answered for: say which of them this is about.",
            missing=("whether this is about the breach in court",),
        )
