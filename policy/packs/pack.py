"""A pack: what its reader gets of a case and of what is carried on beside it, and what is withheld from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from policy.company import COMPLAINANT, called
from policy.correcting import Correction
from policy.facts.base import Actor, Fact, Recorded
from policy.facts.evidence import DiaryReturned, EvidenceReceived
from policy.facts.letters import LetterSent
from policy.file import File
from policy.headings import heading_of
from policy.packs.contents import DiaryPage, Evidence, Happened, KeptFile, Letter, LetterText, Pack, Said, Withheld
from policy.packs.fields import codes_of, said_in
from policy.packs.masking import Known, Mask
from policy.packs.readers import Reader
from policy.packs.shown import SHOWN, Line, Shown, Why
from policy.packs.staff import recorders
from policy.packs.whose import may_hear_that_others_spoke, one_person, whose
from policy.rulebook import Rulebook

LATE: Final = timedelta(hours=1)
"""What was written down later than this after it happened shows both times. (our reading)"""

_COMES_IN: Final = frozenset({"evidence_received", "diary_returned"})


@dataclass(frozen=True)
class Placed:
    """An entry as it stands in its timeline."""

    seq: int
    hash: str
    entry: Recorded[Any]
    corrected_by: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Told:
    """One timeline, from its file before anything happened. Of a procedure `person` is whom it is about."""

    ref: str
    rulebook: Rulebook[Any, Any]
    opening: File
    entries: Sequence[Placed]


@dataclass
class _Making:
    reader: Reader
    theirs: frozenset[str]
    mask: Mask
    letters: Mapping[str, LetterText]
    files: Mapping[str, KeptFile]
    diaries: Mapping[str, Sequence[DiaryPage]]
    file_came_in: Mapping[str, int]
    recorder: Mapping[Actor, str]
    happened: list[Happened] = field(default_factory=list)
    written: list[Letter] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def take(self, number: str, one: Placed, line: Line, of: str | None) -> None:
        shown, why = self._shown(line, of)
        fact = one.entry.fact
        said = tuple(self._said(fact))
        heading = heading_of(fact)
        if not shown or (said and shown is not Shown.ALL):
            tells = not shown and (self.reader is Reader.SUBJECT or why is Why.DANGER)
            kind = None if tells else heading
            self.withheld.append(Withheld(number=number, kind=kind, whole=not shown, why=why))
        if not shown:
            return
        self.happened.append(self._happened(number, one, heading, line, said if shown is Shown.ALL else None))
        self.evidence += _evidence_in(number, one, self.files)
        if isinstance(fact, LetterSent) and shown is Shown.ALL and (letter := self.letters.get(fact.key)):
            self.written.append(self._letter(number, fact.at, of, letter))

    def _said(self, fact: Fact) -> Iterator[tuple[str, str]]:
        yield from said_in(fact)
        if isinstance(fact, DiaryReturned):
            for number, written in enumerate(self.diaries.get(fact.matter, ()), 1):
                yield from written.said(number, self.file_came_in)

    def _shown(self, line: Line, of: str | None) -> tuple[Shown, Why]:
        """A subject has nothing that is not theirs, the Ombudsman nobody's words but the complainant's."""
        shown = line.shown_to(self.reader)
        if self.reader is Reader.SUBJECT and of not in self.theirs:
            return Shown.NOTHING, Why.OTHERS
        if self.reader is Reader.OMBUDSMAN and line.told and of != COMPLAINANT:
            return min(shown, Shown.THAT_IT_WAS), Why.OTHERS
        return shown, line.why

    def _happened(
        self, number: str, one: Placed, heading: str, line: Line, said: Iterable[tuple[str, str]] | None
    ) -> Happened:
        entry, fact = one.entry, one.entry.fact
        told = [(label, *self.mask(words)) for label, words in said or ()]
        if said is not None:
            for put_right in one.corrected_by:
                told.append(("Put right: what is wrong in it", *self.mask(put_right.wrong)))
                told.append(("What is right", *self.mask(put_right.right)))
        return Happened(
            number=number,
            at=fact.at,
            recorded_at=entry.recorded_at if entry.recorded_at - fact.at >= LATE else None,
            heading=heading,
            by=self.recorder[entry.by],
            codes=tuple(Said(label=label, words=code) for label, code in codes_of(fact))
            if said is not None
            else (),
            said=tuple(Said(label=label, words=words) for label, words, _ in told),
            masked=any(masked for *_, masked in told),
            under=line.under,
        )

    def _letter(self, number: str, at: datetime, to: str | None, letter: LetterText) -> Letter:
        """Who asks has what they were sent as it was sent; others without the names."""
        subject, body = letter.subject, letter.read
        if self.reader is not Reader.SUBJECT:
            subject, body = self.mask(subject)[0], self.mask(body)[0]
        kind = letter.kind.called
        return Letter(number=number, at=at, to=called(to or COMPLAINANT), kind=kind, subject=subject, body=body)


def _evidence_in(number: str, one: Placed, files: Mapping[str, KeptFile]) -> Iterator[Evidence]:
    """What came in with an entry. A file that is not this case's, as where two named it at once, has the entry's
    hash: a pack of the rest is wanted all the same.
    """
    fact = one.entry.fact
    if fact.fact not in _COMES_IN:
        return
    kind = fact.kind.value.replace("_", " ") if isinstance(fact, EvidenceReceived) else "diary"
    of_it = [files[id_] for id_ in getattr(fact, "files", ()) if id_ in files]
    for kept in of_it:
        what = f"{kept.media_type}, {kept.size:,} bytes"
        yield Evidence(number=number, at=fact.at, kind=kind, file=what, sha256=kept.sha256)
    if not of_it:
        yield Evidence(number=number, at=fact.at, kind=kind, file=None, sha256=one.hash)


def pack(  # noqa: PLR0913 - for whom, of what, and what is known beside it
    reader: Reader,
    about: str | None,
    case: Told,
    beside: Sequence[Told],
    *,
    letters: Mapping[str, LetterText],
    known: Mapping[str, Sequence[Known]],
    files: Mapping[str, KeptFile],
    diaries: Mapping[str, Sequence[DiaryPage]],
) -> Pack:
    """`known` is what people on the case are called, by their key there; `files` are by their id, `diaries` by
    their matter. Raises KeyError for a kind of fact without a line, and IndexError for a case without entries.
    """
    folded = list(_folded(case))
    last = folded[-1][1]
    theirs = one_person(last, about)
    making = _Making(
        reader,
        theirs,
        _mask(reader, theirs, known),
        letters,
        files,
        diaries,
        {id_: one.seq for one in case.entries for id_ in getattr(one.entry.fact, "files", ())},
        recorders(one.entry for told in (case, *beside) for one in told.entries),
    )
    owed_to = {key: letter.to for _, after, _ in folded for key, letter in after.letters.items()}
    for told in (case, *beside):
        for one, after, before in folded if told is case else _folded(told):
            line = SHOWN[one.entry.fact.fact]
            number = str(one.seq) if told is case else f"{told.ref.removeprefix(case.ref + '-')}/{one.seq}"
            making.take(number, one, line, whose(line, one.entry, before, after, last, owed_to))
    end = case.entries[-1]
    return Pack(
        ref=case.ref,
        reader=reader,
        about=about,
        as_of=end.seq,
        head=end.hash,
        known_at=end.entry.recorded_at,
        edition=last.edition.name,
        chronology=tuple(sorted(making.happened, key=lambda one: one.at)),
        letters=tuple(making.written),
        evidence=tuple(making.evidence),
        withheld=tuple(making.withheld),
        spoken_of=may_hear_that_others_spoke(last, theirs, [one.entry.fact for one in case.entries]),
    )


def _folded(told: Told) -> Iterator[tuple[Placed, Any, Any]]:
    """Each entry with the file after it and the one before."""
    file = told.opening
    for one in told.entries:
        before, file = file, told.rulebook.after(file, one.entry)
        yield one, file, before


def _mask(reader: Reader, theirs: frozenset[str], known: Mapping[str, Sequence[Known]]) -> Mask:
    others = [one for several in known.values() for one in several]
    own = [one for key in theirs for one in known.get(key, ())]
    if reader is Reader.SUBJECT:
        others = [one.model_copy(update={"label": "somebody else"}) for one in others]
    return Mask(others, own)
