"""How a legal action can end, and what is to be recorded first. (court-decides, legal-remedies, section 5)"""

from collections.abc import Iterator
from typing import Final

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import BEFORE_COURT
from policy.legal_action.facts import Ended
from policy.legal_action.steps import POSSESSION
from policy.refusals.legal import CourtHasNotDecided
from policy.working_days import day_in_words, london_day

_WITHOUT_AN_ORDER: Final = BEFORE_COURT | {LegalStage.ISSUED, LegalStage.LISTED, LegalStage.REFUSED}


def ends_as_it_can(file: LegalFile, fact: facts.LegalActionEnded) -> None:
    """Whoever says what cannot be reads only of ends that would be taken."""
    why_not = {how: _why_not(file, fact, how) for how in _possible(file)}
    taken = [how for how, why in why_not.items() if why is None]
    if fact.how in taken:
        return
    missing = why_not.get(fact.how) or (None if taken else next(iter(why_not.values())))
    if missing is not None:
        raise missing
    *others, last = (str(how).replace("_", " ") for how in taken)
    said = f"{', '.join(others)} or {last}" if others else last
    appeal = " What was decided on the appeal comes first." if file.stage is LegalStage.APPEALED else ""
    raise CourtHasNotDecided(
        f"At this point it can only be recorded as {said}.{appeal}",
        missing=("how it ended",),
        missing_facts=("appeal_decided",) if appeal else (),
    )


def _why_not(file: LegalFile, fact: facts.LegalActionEnded, how: Ended) -> CourtHasNotDecided | None:
    """What an order that is set aside forbade need not be answered for."""
    if how is Ended.SET_ASIDE:
        return None
    until = file.order.until if file.order is not None else None
    if (open_breach := _open_breach(file, fact)) is not None:
        return open_breach
    if how is Ended.EXPIRED and (until is None or london_day(fact.at) <= until):
        so_long = f" until {day_in_words(until)}" if until is not None else ""
        return CourtHasNotDecided(f"The order still holds{so_long}.", missing=("how it ended",))
    return None


def _possible(file: LegalFile) -> Iterator[Ended]:
    """An appeal falls with an order that has run out or was discharged, and with nothing else."""
    if file.stage in _WITHOUT_AN_ORDER:
        yield Ended.GIVEN_UP
        return
    yield from (Ended.EXPIRED, Ended.DISCHARGED)
    if file.stage is LegalStage.APPEALED:
        return
    yield Ended.SET_ASIDE
    if file.remedy == POSSESSION:
        yield Ended.CARRIED_OUT


def _open_breach(file: LegalFile, fact: facts.LegalActionEnded) -> CourtHasNotDecided | None:
    if file.in_court is not None:
        return CourtHasNotDecided(
            "A court is still to deal with a breach of it. Record what it did, or that it was dropped, first.",
            missing=("what the court did about the breach",),
            missing_facts=("breach_answered",),
        )
    if any(at <= fact.at for at in file.breached):
        return CourtHasNotDecided(
            "Nobody has decided yet what follows a breach of it. Record that first.",
            missing=("what follows the breach",),
            missing_facts=("breach_answered",),
        )
    return None
