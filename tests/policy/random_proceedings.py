"""Legal action on a case, at random and in earnest, and the news of it that comes from beside the case."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.parts import Part
from policy.facts.proceedings import (
    CourtDay,
    LegalActionFinished,
    LegalActionMoved,
    LegalActionProposed,
    LegalOrderMade,
    LegalStage,
)
from policy.tenure import Tenure
from policy.working_days import london_day
from tests.policy.told_at_random import somebody

REMEDIES: Final = ("injunction", "possession", "demotion", "injunction_with_arrest_or_exclusion", "banishment")


def proposed(file: CaseFile, at: datetime, pick: int, **more: object) -> CaseFact:
    told = {
        "remedy": REMEDIES[pick % 5],
        "person": somebody(file, pick // 5),
        "tenure": list(Tenure)[pick % len(Tenure)],
        "very_serious": "He held a knife." if pick % 3 else None,
        "reasons": "As told.",
    }
    return LegalActionProposed.model_validate({"at": at} | told | more)


def sensible(_: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    """Against each who is complained about, by each remedy; what was too serious to wait."""
    about = [key for key, one in file.present.items() if one.part in {Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER}]
    serious = {"tenure": Tenure.ASSURED, "very_serious": "He held a knife."}
    return [proposed(file, at, pick, person=key, **serious) for key in about for pick in range(4)]


def news(file: CaseFile, at: datetime) -> list[CaseFact]:
    """What may be heard of each legal action."""
    told: list[CaseFact] = []
    for key, one in file.legal.items():
        if one.begins is not None:
            continue
        later = london_day(at) + timedelta(days=file.seq % 30)
        told += [
            LegalActionMoved(at=at, matter=key, stage=LegalStage.LISTED, hearing=CourtDay(on=later)),
            LegalOrderMade(
                at=at,
                matter=key,
                stage=LegalStage.APPEALED,
                hearing=CourtDay(on=london_day(at), heard_at=at),
                appeal_hearing=CourtDay(on=later),
            ),
            LegalActionFinished(at=at, matter=key, stage=LegalStage.OVER),
            LegalActionFinished(at=at, matter=key, stage=LegalStage.OVER, set_aside=True),
        ]
    return told


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {"legal_action_proposed": proposed}
