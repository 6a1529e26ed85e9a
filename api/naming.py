"""What people on a case are called, where words of ours must not say it."""

from policy.case_file import CaseFile
from policy.facts import Entry
from policy.rules.naming import NAME_NOBODY, names_nobody
from store import cases, mentions, people
from store.sessions import Reading, Store


async def nobody_is_named(store: Store, ref: str, entry: Entry) -> None:
    """Raises Refused."""
    if not isinstance(entry.fact, NAME_NOBODY):
        return
    async with store.reading() as db:
        file = await cases.file_of(db, ref)
        names = {} if file is None else await _names(db, file)
    if file is not None:
        names_nobody(file, entry.fact, names)


async def _names(db: Reading, file: CaseFile) -> dict[str, str]:
    """As we know them, else as they were named to us."""
    known = await people.by_ids(db, [one.person for one in file.people.values() if one.person is not None])
    names: dict[str, str] = {}
    for key, one in file.people.items():
        person = known.get(one.person or "") or await mentions.called(db, file.ref, key)
        if person is not None and person.name:
            names[key] = person.name
    return names
