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
    possible = tuple(_possible(file))
    if fact.how not in possible:
        *others, last = (str(how).replace("_", " ") for how in possible)
        said = f"{', '.join(others)} or {last}" if others else last
        appeal = " What was decided on the appeal comes first." if file.stage is LegalStage.APPEALED else ""
        raise CourtHasNotDecided(
            f"At this point it can only be recorded as {said}.{appeal}",
            missing=("how it ended",),
            missing_facts=("appeal_decided",) if appeal else (),
        )
    if fact.how is not Ended.SET_ASIDE:
        _no_breach_is_open(file, fact)
    until = file.order.until if file.order is not None else None
    if fact.how is Ended.EXPIRED and (until is None or london_day(fact.at) <= until):
        so_long = f" until {day_in_words(until)}" if until is not None else ""
        raise CourtHasNotDecided(f"The order still holds{so_long}.", missing=("how it ended",))


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


def _no_breach_is_open(file: LegalFile, fact: facts.LegalActionEnded) -> None:
    """What an order that is set aside forbade need not be answered for."""
    if file.in_court is not None:
        raise CourtHasNotDecided(
            "A court is still to deal with a breach of it. Record what it did, or that it was dropped, first.",
            missing=("what the court did about the breach",),
            missing_facts=("breach_answered",),
        )
    if any(at <= fact.at for at in file.breached):
        raise CourtHasNotDecided(
            "Nobody has decided yet what follows a breach of it. Record that first.",
            missing=("what follows the breach",),
            missing_facts=("breach_answered",),
        )
