"""What a file is, from its first bytes: never from its name, and never from what its sender says of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from policy.working_days import listed
from store.evidence_files import FileKind, kind_of

_ACTED_ON: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
HEAD: Final = 4096
"""So many bytes are looked at."""


@dataclass(frozen=True)
class Taken:
    """A type that is taken. `ending` is that of the file's name when it is handed out."""

    media_type: str
    ending: str
    is_one: Callable[[bytes], bool]

    @property
    def kind(self) -> FileKind:
        return kind_of(self.media_type)


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == kind


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """ISO base media: pictures, sound and films in one kind of box, told apart by their brand."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12].startswith(brands)


def _mp3(head: bytes) -> bool:
    """With a tag, or a frame whose version, layer, bit rate and sampling rate there are."""
    if head.startswith(b"ID3"):
        return True
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # noqa: PLR2004 - eleven bits of sync, layer 3
        return False
    return head[2] >> 4 not in {0x0, 0xF} and head[2] & 0x0C != 0x0C  # noqa: PLR2004 - values that are reserved


def _webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]


def is_plain(piece: str) -> bool:
    """Nothing that a terminal, a printer or an old viewer would act on."""
    return _ACTED_ON.search(piece) is None


def _text(head: bytes) -> bool:
    """UTF-8 with words in it, and nothing that a program would take for something else."""
    try:
        said = head.decode("utf-8-sig")
    except UnicodeDecodeError as cut:
        if cut.end < len(head) - 3 or cut.reason != "unexpected end of data":
            return False
        said = head[: cut.start].decode("utf-8-sig")
    first = said.lstrip()
    return bool(first) and is_plain(said) and not first.startswith(("<", "%!", "{\\rtf", "#!", "MZ"))


TAKEN: Final = (
    Taken("image/jpeg", "jpg", _begins(b"\xff\xd8\xff")),
    Taken("image/png", "png", _begins(b"\x89PNG\r\n\x1a\n")),
    Taken("image/webp", "webp", _riff(b"WEBP")),
    Taken("image/heic", "heic", _brand(b"heic", b"heix", b"mif1")),
    Taken("application/pdf", "pdf", _begins(b"%PDF-")),
    Taken("audio/wav", "wav", _riff(b"WAVE")),
    Taken("audio/mp4", "m4a", _brand(b"M4A ")),
    Taken("audio/ogg", "ogg", _begins(b"OggS")),
    Taken("audio/amr", "amr", _begins(b"#!AMR")),
    Taken("audio/mpeg", "mp3", _mp3),
    Taken("video/quicktime", "mov", _brand(b"qt  ")),
    Taken("video/3gpp", "3gp", _brand(b"3gp")),
    Taken(
        "video/mp4", "mp4", _brand(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV")
    ),
    Taken("video/webm", "webm", _webm),
    Taken("text/plain", "txt", _text),
)
"""Whatever phones make, and documents without programs in them: no office files, which are archives that may hold
anything and unfold without end, no web pages, no drawings that are programs.
"""

ENDINGS: Final = {one.media_type: one.ending for one in TAKEN}
EACH_IN_WORDS: Final = {
    FileKind.PHOTO: "photos (JPEG, PNG, WebP, HEIC)",
    FileKind.DOCUMENT: "documents (PDF, plain text)",
    FileKind.AUDIO: "recordings (MP3, M4A, WAV, Ogg, AMR)",
    FileKind.VIDEO: "films (MP4, MOV, 3GP, WebM)",
}
IN_WORDS: Final = listed(tuple(EACH_IN_WORDS.values()))


def taken_as(head: bytes) -> Taken | None:
    """None where it is nothing that we take."""
    return next((one for one in TAKEN if one.is_one(head)), None)
