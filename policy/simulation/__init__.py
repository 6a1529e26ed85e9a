"""Dated entries through the policy on a virtual clock, taken as a case's workflow takes them.

Order at one moment is the loop's: first what was told, then what fell due, then letters and news from beside the
case, then the night's check. The end of an outage is a moment of its own and comes before anything told at that
moment; a check that the outage kept from running runs then, once.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.facts import Entry
from policy.facts.base import Recorded
from policy.procedures.base import ProcedureFile
from policy.simulation.beside import Beside
from policy.simulation.lived import Happening, LivedCase, ToldBeside
from policy.simulation.outage import Outage, told_in_an_outage
from policy.simulation.played import Played, PlayedFile, Taken, TurnedAway


def simulate(
    opening: CaseFile,
    entries: Sequence[Happening],
    *,
    outage: Outage | None = None,
    unreachable: Collection[str] = (),
    until: datetime,
) -> Played:
    """Plays entries, given in the order in which they were recorded; the clock then runs on to `until`.
    What is sent to an `unreachable` agency is not delivered.
    """
    case = LivedCase(opening, outage, unreachable)
    for entry in entries:
        case.tell(entry)
    case.run_on(until)
    return case.played(until)


def replayed(  # noqa: PLR0913 - the case, what was carried on beside it, and the clock
    opening: CaseFile,
    entries: Sequence[Entry],
    refused: Sequence[TurnedAway[Any]],
    *,
    beside: Mapping[str, tuple[ProcedureFile, Sequence[Recorded[Any]]]] | None = None,
    refused_beside: Mapping[str, Sequence[TurnedAway[Any]]] | None = None,
    outage: Outage | None = None,
    until: datetime,
) -> Played:
    """The same account of timelines that were recorded elsewhere; `beside` has each as it opened, and its
    entries.
    """
    case = LivedCase(opening, outage)
    for entry in entries:
        case.record(entry, case.awake(entry.recorded_at))
    case.refused = list(refused)
    for matter, (begun, told) in (beside or {}).items():
        procedure = case.beside[matter] = Beside(without_number(matter), begun)
        for each in told:
            procedure.record(each, case.awake(each.recorded_at))
        procedure.refused = list((refused_beside or {}).get(matter, ()))
    return case.played(until)


__all__ = [
    "Happening",
    "Outage",
    "Played",
    "PlayedFile",
    "Taken",
    "ToldBeside",
    "TurnedAway",
    "replayed",
    "simulate",
    "told_in_an_outage",
]
