"""What was proven for a notice: against whom, and until when it can be served."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.grounds import GroundProven
from policy.facts.matters import MatterKind
from policy.folding.base import fold
from policy.legal_action.proven import ProvenAgainst, ground_7a_notice
from policy.matters.grounds import APPEALED


@fold.register
def _(fact: GroundProven, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    known = ProvenAgainst(person=fact.person or ABOUT, ground=fact.ground, proven=fact.proven.met)
    return file.with_(proven={**file.proven, f"{MatterKind.GROUND}-{file.seq + 1}": known})


def with_grounds(file: CaseFile) -> CaseFile:
    """Each as long as somebody is to decide on it. It waits while an appeal is open, also one that was known of
    from the first; its window closes on a day that is counted anew when that has ended.
    """
    proven = {key: known for key, known in file.proven.items() if key in file.matters}
    matters = dict(file.matters)
    for key, known in proven.items():
        window = ground_7a_notice(known.proven, known.ground)
        changed = {"stage": APPEALED, "ends": None} if window is None else {"ends": window.closes}
        matters[key] = matters[key].model_copy(update=changed)
    return file.with_(proven=proven, matters=matters)
