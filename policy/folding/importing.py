"""A case that was brought here from another system."""

from policy.case_file import CaseFile
from policy.decisions import Imported
from policy.editions import Edition
from policy.facts import Entry, importing
from policy.folding.base import fold


@fold.register
def _(fact: importing.CaseImported, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Nothing goes out because of what happened elsewhere: no letter that was owed there, no referral and no legal
    action that was carried on there. Of a case that was over, nothing is left to do.
    """
    beside = {*file.legal, *file.referrals}
    matters = {} if file.closed_at else {key: one for key, one in file.matters.items() if key not in beside}
    brought = Imported(at=entry.recorded_at, source=fact.source, reference=fact.reference, entries=fact.entries)
    return file.with_(imported=brought, letters={}, matters=matters)
