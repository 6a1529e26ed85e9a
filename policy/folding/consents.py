"""What somebody agrees to. The timeline keeps every answer."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry, consent
from policy.folding.base import fold


@fold.register(consent.ConsentGiven)
@fold.register(consent.ConsentRefused)
@fold.register(consent.ConsentWithdrawn)
def _(
    fact: consent.ConsentGiven | consent.ConsentRefused | consent.ConsentWithdrawn,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    """What somebody said last holds, also when something earlier is written down after it."""
    key = f"{fact.purpose}:{fact.person}"
    if key in file.consents_at and fact.at < file.consents_at[key]:
        return file
    agreed = isinstance(fact, consent.ConsentGiven)
    return file.with_(consents={**file.consents, key: agreed}, consents_at={**file.consents_at, key: fact.at})
