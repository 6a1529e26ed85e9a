"""What a letter of a case would say now, from what is recorded: the same for a look at it and for sending it."""

from datetime import date

from letters.compose import Addressee, LetterContent
from letters.telling import Contacts, values_for
from policy.case_file import CaseFile
from policy.duties import SendLetter
from store import mentions, timeline
from store.sessions import Reading


async def content_of(  # noqa: PLR0913 - a letter of a case, who it is from, its day and whether it goes
    db: Reading,
    file: CaseFile,
    duty: SendLetter,
    contacts: Contacts,
    day: date,
    *,
    link: str | None = None,
    draft: bool = False,
) -> LetterContent:
    """`link` is a private link of whoever reads it. Raises LookupError where there is nobody to write to, or what
    it is about is not recorded.
    """
    entries = [line.entry() for line in await timeline.entries_of(db, file.ref)]
    person = await mentions.called(db, file.ref, duty.to)
    if person is None or duty.key not in file.letters:
        raise LookupError(f"{file.ref}: nobody to write to")
    own_link = {"own_link": link} if link is not None else {}
    return LetterContent(
        kind=duty.kind,
        reference=file.ref,
        date=day,
        addressee=Addressee(name=person.name or "Resident", address_lines=person.address),
        values=values_for(duty, file, entries, contacts) | own_link,
        large_print=duty.large_print,
        plain_text=duty.plain_text,
        draft=draft,
    )
