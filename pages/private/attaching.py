"""Files that somebody sends with a form: taken in as they come, and each said why it was not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from fastapi import Request

from api.evidence_taken import TOO_MANY_FILES, Upload, cleaned, take_in
from api.evidence_types import EACH_IN_WORDS
from api.problems import ProblemRaised
from api.resources import Resources
from pages.form import stays
from pages.multipart import Part, Parts, fields_first
from pages.private.saying import key_of, tell
from pages.private.visiting import Opened
from policy.facts.base import Actor
from policy.facts.evidence import EvidenceKind
from policy.refusals import Refused
from policy.working_days import listed
from runtime.settings import Settings
from store.evidence_files import EvidenceLine, FileKind
from store.sessions import EVERYTHING

MOST_FILES: Final = 10
"""At once."""
MOST_BY_LINK: Final = 100
"""By one link of a resident's, also of those that they deleted since."""

KINDS: Final = {
    FileKind.PHOTO: EvidenceKind.PHOTO,
    FileKind.AUDIO: EvidenceKind.RECORDING,
    FileKind.VIDEO: EvidenceKind.VIDEO,
    FileKind.DOCUMENT: EvidenceKind.OTHER,
}
"""What a fact calls a file."""
_OTHER_TYPE: Final = "We do not take files of this kind."
_MEGABYTE: Final = 1024 * 1024
NOT_TAKEN_NOW: Final = "We could not take this file. Please try again, or ring us."
_PLAIN: Final = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT}
"""What is said of these anybody understands."""
_TOO_MUCH: Final = "Not all files came through. Send fewer at once."
_NO_ROOM: Final = (
    f"We could not take every file: {MOST_BY_LINK} is all that this link takes. Please ring us, and we say how the"
    " rest can come to us."
)


def takes(wanted: Settings) -> str:
    """What we take and how large, and what to do with what we do not, as they read it."""
    largest = {kind: size // _MEGABYTE for kind, size in wanted.evidence_sizes.items()}
    each = listed([f"{called} of up to {largest[kind]} MB" for kind, called in EACH_IN_WORDS.items()])
    word = "If you have a Word file, save it as a PDF, or take a photo of it."
    return f"We take {each}, {MOST_FILES} files at once. {word}"


@dataclass(frozen=True)
class Came:
    """What was typed, the first file, and the files after it, which are still on their way."""

    said: dict[str, list[str]]
    first: Part | None
    others: AsyncIterator[Part]


@dataclass(frozen=True)
class Room:
    """For how many `files` there is room yet, and what is said where it is `full`."""

    files: int
    full: str


@asynccontextmanager
async def with_files(request: Request, needs: Resources) -> AsyncIterator[Came]:
    """What nobody took of it is passed over in the end, so that the browser reads our answer; what is too much for
    that breaks off. Raises 408, 413 and 422.
    """
    others = Parts(request, 2 * max(needs.settings.evidence_sizes.values())).each()
    said, first = await fields_first(others)
    stays(request, said)
    try:
        yield Came(said, first, others)
    finally:
        with suppress(ProblemRaised):
            async for _ in others:
                pass


async def attached(
    needs: Resources, came: Came, by: Actor, ref: str | None, *, sees: bool = False, room: Room | None = None
) -> tuple[list[EvidenceLine], list[str]]:
    """Those that we have now, and why we have not the others. `ref` and `sees` as of an upload; staff, who
    see what is there, may send as many as they like.
    """
    files: list[EvidenceLine] = []
    wrong: list[str] = []
    part = came.first
    try:
        while part is not None:
            if part.file_name and room is not None and len(files) >= room.files:
                wrong.append(room.full)
            elif part.file_name and len(files) + len(wrong) < MOST_FILES:
                sent = Upload(
                    key=str(uuid4()),
                    by=by,
                    pieces=part,
                    case_ref=ref,
                    name=part.file_name or "",
                    sees=sees,
                    most=None if sees else MOST_BY_LINK,
                )
                await _one(needs, sent, files, wrong)
            elif part.file_name:
                wrong = [*wrong[:MOST_FILES], _TOO_MUCH]
            part = await anext(came.others, None)
    except ProblemRaised:
        wrong.append(_TOO_MUCH)
    return files, list(dict.fromkeys(wrong))


async def _one(needs: Resources, sent: Upload, files: list[EvidenceLine], wrong: list[str]) -> None:
    try:
        files.append((await take_in(needs, sent)).file)
    except ProblemRaised as raised:
        wrong.append(_in_plain_words(sent.name, raised))
    except Refused:
        wrong.append(NOT_TAKEN_NOW)


def _in_plain_words(name: str, raised: ProblemRaised) -> str:
    try:
        called = cleaned(name)[:60]
    except ProblemRaised:
        called = "A file"
    wrong = raised.problem
    if wrong.type.endswith(TOO_MANY_FILES):
        return _NO_ROOM
    if wrong.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        return f"{called}: {_OTHER_TYPE}"
    plain = wrong.status in _PLAIN or wrong.type.endswith("empty-file")
    return f"{called}: {wrong.detail if plain else NOT_TAKEN_NOW}"


async def told_of(needs: Resources, there: Opened, file: EvidenceLine, words: str) -> str:
    """That it was sent, unless a fact says so already. Empty where we have it, else why we have not."""
    if file.matter is not None:
        return ""
    body = {
        "fact": "evidence_received",
        "person": there.link.person,
        "kind": KINDS[file.kind].value,
        "words": words or "Sent by their private link.",
        "files": [file.id],
    }
    return await tell(needs.seen_by(EVERYTHING), there, body, key_of("file", file.id))
