"""What was proven for a notice: against whom, and until when it can be served."""

from policy.case_file import CaseFile, Matter
from policy.conduct import Warned
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.grounds import GroundProven
from policy.facts.matters import MatterKind
from policy.folding.base import fold
from policy.legal_action.proven import ProvenAgainst, ground_7a_notice
from policy.matters.grounds import APPEALED, KNOWN, NOTICED


@fold.register
def _(fact: GroundProven, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    known = ProvenAgainst(person=fact.person or ABOUT, ground=fact.ground, proven=fact.proven.met)
    return file.with_(proven={**file.proven, f"{MatterKind.GROUND}-{file.seq + 1}": known})


def with_grounds(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    """Each as long as somebody is to decide on it, and it was proven against whoever they were taken for. It waits
    while an appeal is open, also one that was known of from the first; its window closes on a day that is counted
    anew when that has ended. It is decided on again where its notice goes no further, and no more once that was
    served. Whoever decides has time for it from when we learnt what there is to decide on.
    """
    proven: dict[str, ProvenAgainst] = {}
    matters = dict(file.matters)
    known = [(key, matter) for key, matter in matters.items() if matter.kind is MatterKind.GROUND]
    if not known and not file.proven:
        return file
    for key, matter in known:
        now = _as_it_stands(file, key, matter) if key in file.proven else None
        if now is None:
            del matters[key]
            continue
        proven[key], anew = now
        if _came_there(before.matters.get(key), anew):
            since = entry.at if anew.stage != matter.stage else anew.since
            anew = anew.model_copy(update={"since": since, "learnt_at": entry.recorded_at})
        matters[key] = anew
    return file.with_(proven=proven, matters=matters)


def _as_it_stands(file: CaseFile, key: str, matter: Matter) -> tuple[ProvenAgainst, Matter] | None:
    known, notices = file.proven[key], _on(file, file.proven[key])
    if matter.stage == NOTICED:
        if any(one.served_on is not None for one in notices.values()):
            return None
        proven = next((one.proven for one in notices.values() if one.proven is not None), known.proven)
        known = known.model_copy(update={"proven": proven})
        if notices.keys() & file.matters.keys():
            return known, matter
    window = ground_7a_notice(known.proven, known.ground)
    if window is None:
        return known, matter.model_copy(update={"stage": APPEALED, "ends": None})
    stage = KNOWN if matter.stage == NOTICED else matter.stage
    return known, matter.model_copy(update={"stage": stage, "ends": window.closes})


def _came_there(before: Matter | None, now: Matter) -> bool:
    return before is None or (before.stage, before.since) != (now.stage, now.since)


def _on(file: CaseFile, known: ProvenAgainst) -> dict[str, Warned]:
    """The notices that rest on it."""
    names = file.names_of(known.person)
    return {
        key: one
        for key, one in file.warnings.items()
        if one.person in names and one.proven is not None and one.proven.same_as(known.proven)
    }
