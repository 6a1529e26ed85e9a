"""What was proven for a notice: against whom, and until when it can be served."""

from policy.case_file import CaseFile
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


def with_grounds(file: CaseFile) -> CaseFile:
    """Each as long as somebody is to decide on it. It waits while an appeal is open, also one that was known of
    from the first; its window closes on a day that is counted anew when that has ended. It is decided on again
    where its notice goes no further, and not any more once that was served.
    """
    proven: dict[str, ProvenAgainst] = {}
    matters = dict(file.matters)
    for key, before in file.proven.items():
        if key not in matters:
            continue
        known, notices = before, _on(file, before)
        if matters[key].stage == NOTICED:
            if any(one.served_on is not None for one in notices.values()):
                del matters[key]
                continue
            known = next((before.model_copy(update={"proven": one.proven}) for one in notices.values()), before)
        proven[key] = known
        if matters[key].stage != NOTICED or not notices.keys() & matters.keys():
            window = ground_7a_notice(known.proven, known.ground)
            changed = {"stage": APPEALED, "ends": None} if window is None else {"ends": window.closes}
            back = {"stage": KNOWN} if matters[key].stage == NOTICED else {}
            matters[key] = matters[key].model_copy(update=back | changed)
    return file.with_(proven=proven, matters=matters)


def _on(file: CaseFile, known: ProvenAgainst) -> dict[str, Warned]:
    """The notices that rest on it."""
    names = file.names_of(known.person)
    return {
        key: one
        for key, one in file.warnings.items()
        if one.person in names and one.proven is not None and one.proven.same_as(known.proven)
    }
