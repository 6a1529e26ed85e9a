"""Taking in a file, whoever sends it: into storage as it comes, weighed and looked at on the way; all or none."""

import codecs
import hashlib
import unicodedata
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from uuid import uuid4

import structlog

from api.evidence_types import HEAD, IN_WORDS, Taken, is_plain, taken_as
from api.places import counting
from api.problems import (
    RETRY_SECONDS,
    ProblemRaised,
    case_not_found,
    key_used_for_another_body,
    problem,
)
from api.resources import Resources
from gateways.evidence_files import EvidenceStoreAway, FileMissing, KeptAlready
from policy.evidence_queue import owed
from policy.facts.base import Actor
from policy.refusals import Refused
from store import cases, evidence_files, retention
from store.evidence_files import Added, EvidenceLine, FileState
from store.sessions import Writing

TOO_MANY_FILES: Final = "too-many-files"
_MOST_NAME: Final = 200
_TURNS: Final = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""What makes a name read the other way round: `gpj.exe` as `exe.jpg`."""
_MEGABYTE: Final = 1024 * 1024

_NOT_KEPT: Final = (EvidenceStoreAway, FileMissing, KeptAlready)

log = structlog.get_logger()


@dataclass(frozen=True)
class Upload:
    """`pieces` are its bytes as they come (`api.arriving.in_time`), `declared` how many there should be where that
    was said. Without a `case_ref` it waits for a case. Whoever `sees` what is there is told that the same bytes
    are; others only of their own, for whom it would tell what somebody else has sent.
    A case takes no more than `most` of whoever sends it.
    """

    key: str
    by: Actor
    pieces: AsyncIterator[bytes]
    case_ref: str | None = None
    name: str = ""
    declared: int | None = None
    sees: bool = False
    most: int | None = None


@dataclass(frozen=True)
class TakenIn:
    """`before` where the same bytes had been kept already, and were not kept again."""

    file: EvidenceLine
    before: bool


def no_form(content_type: str) -> None:
    """Raises 415: what comes is kept byte for byte, and a form is no file."""
    if content_type.startswith("multipart/"):
        detail = (
            "Send the bytes of the file alone, not a form. What it is called goes into the header `file-name`."
        )
        raise problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-a-form", detail)


async def take_in(needs: Resources, upload: Upload) -> TakenIn:
    """The same key with the same bytes gives the same file. Raises 404, 408, 409, 413, 415, 422 and 503; then
    nothing is kept.
    """
    name = cleaned(upload.name)
    sizes = needs.settings.evidence_sizes
    if upload.declared is not None and upload.declared > max(sizes.values()):
        raise _too_large(max(sizes.values()))
    weighed = _Weighed(upload.pieces, sizes)
    id_ = str(uuid4())
    try:
        await needs.evidence.take_in(id_, weighed.on())
        await needs.evidence.keep(id_)
        kept = await _kept(needs, id_, upload, name, weighed)
    except _NOT_KEPT as away:
        log.warning("evidence_store_away", why=type(away).__name__)
        raise evidence_store_away() from None
    except (ProblemRaised, Refused):
        await _settled(needs, id_, stays=False)
        raise
    await _settled(needs, id_, stays=kept.file.id == id_)
    return kept


async def _settled(needs: Resources, id_: str, *, stays: bool) -> None:
    """Where it cannot be said, or nobody knows whether it was committed, whoever sweeps up looks."""
    with suppress(EvidenceStoreAway):
        if not stays:
            await needs.evidence.remove(id_)
        await needs.evidence.settle(id_)


async def _kept(needs: Resources, id_: str, upload: Upload, name: str, weighed: "_Weighed") -> TakenIn:
    """The bytes are kept for good already, so that a row has its file, and no connection waits for storage."""
    now = datetime.now(UTC)
    async with needs.everything.writing() as db:
        await _may_come_to(db, upload.case_ref)
        await evidence_files.alone_with(db, weighed.sha256)
        if known := await evidence_files.by_key(db, upload.key):
            return TakenIn(_of_this_key(known, upload, weighed), before=False)
        if known := await evidence_files.the_same(
            db, upload.case_ref, weighed.sha256, None if upload.sees else upload.by
        ):
            return TakenIn(known, before=True)
        await _has_room(db, upload)
        added = Added(
            id=id_,
            key=upload.key,
            case_ref=upload.case_ref,
            name=name,
            media_type=weighed.type.media_type,
            size=weighed.size,
            sha256=weighed.sha256,
            state=FileState.QUARANTINED if needs.settings.scanner_address else FileState.NOT_SCANNED,
            added_at=now,
            by=upload.by,
            owed=owed(now, counting(needs, now)),
        )
        file = await evidence_files.add(db, added)
        if file is None:
            raise key_used_for_another_body()
    log.info("evidence_taken_in", file=id_, media_type=file.media_type, size=file.size)
    return TakenIn(file, before=False)


async def _may_come_to(db: Writing, ref: str | None) -> None:
    """Raises 404, 409 and AlreadyErased."""
    if ref is None:
        return
    if not await evidence_files.may_have_files(db, ref):
        raise case_not_found(ref)
    await retention.not_erased(db, ref)
    file = await cases.file_of(db, ref)
    if file is not None and file.closed_at is not None:
        raise problem(
            HTTPStatus.CONFLICT,
            "case-is-closed",
            "This case is closed. Report what happens now as a new case, and send the file for that one.",
        )


async def _has_room(db: Writing, upload: Upload) -> None:
    """Raises 409. Whoever sends several at once is counted one after the other."""
    if upload.most is None:
        return
    await evidence_files.alone_with(db, upload.by.id)
    if await evidence_files.sent_by(db, upload.case_ref, upload.by) >= upload.most:
        raise problem(HTTPStatus.CONFLICT, TOO_MANY_FILES, f"No more than {upload.most} files are taken this way.")


def _of_this_key(known: EvidenceLine, upload: Upload, weighed: "_Weighed") -> EvidenceLine:
    """Raises 409. A file that had no case may have one by now."""
    same_case = upload.case_ref in {None, known.case_ref}
    if known.sha256 != weighed.sha256 or not same_case:
        raise key_used_for_another_body()
    return known


class _Weighed:
    """Pieces on their way, of which type, size and SHA-256 are known once they have passed."""

    def __init__(self, pieces: AsyncIterator[bytes], sizes: dict[str, int]) -> None:
        self._pieces = pieces
        self._sizes = sizes
        self._hash = hashlib.sha256()
        self._type: Taken | None = None
        self._words = codecs.getincrementaldecoder("utf-8-sig")()
        self.size = 0

    @property
    def type(self) -> Taken:
        """Raises 422 where nothing has passed."""
        if self._type is None:
            raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "empty-file", "There is nothing in this file.")
        return self._type

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    async def on(self) -> AsyncIterator[bytes]:
        """Raises 413, 415 and 422, and what `pieces` raises, and then nothing of it is kept."""
        head = b""
        async for piece in self._pieces:
            if self._type is not None:
                yield self._weighed(piece)
            elif len(head := head + piece) >= HEAD:
                self._look_at(head)
                yield self._weighed(head)
        if self._type is None and head:
            self._look_at(head)
            yield self._weighed(head)
        self._is_plain(b"", last=True)

    def _look_at(self, head: bytes) -> None:
        self._type = taken_as(head[:HEAD])
        if self._type is None:
            raise _not_taken()

    def _weighed(self, piece: bytes) -> bytes:
        self.size += len(piece)
        most = self._sizes[self.type.kind]
        if self.size > most:
            raise _too_large(most)
        self._hash.update(piece)
        self._is_plain(piece)
        return piece

    def _is_plain(self, piece: bytes, *, last: bool = False) -> None:
        """A text is one to its end."""
        if self.type.media_type != "text/plain":
            return
        try:
            plain = is_plain(self._words.decode(piece, final=last))
        except UnicodeDecodeError:
            plain = False
        if not plain:
            raise _not_taken()


def cleaned(name: str) -> str:
    """How whoever sent it called it: without folders, and with nothing in it that cannot be seen. Raises 422."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2].strip()
    if any(unicodedata.category(c) in {"Cc", "Cs"} or unicodedata.bidirectional(c) in _TURNS for c in last):
        why = "The name of the file must not contain control characters."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", why)
    return "" if last in {".", ".."} else last[:_MOST_NAME]


def evidence_store_away() -> ProblemRaised:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "evidence-store-away",
        "Files cannot be reached right now. Nothing was kept of this one: send it again with the same key.",
        RETRY_SECONDS,
    )


def _too_large(most: int) -> ProblemRaised:
    detail = f"The file is larger than {most // _MEGABYTE} MB, which is the most that we take of its kind."
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", detail)


def _not_taken() -> ProblemRaised:
    detail = f"We do not take files of this type. We take {IN_WORDS}."
    return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "type-not-taken", detail)
