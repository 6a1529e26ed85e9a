"""The one way in which a file leaves through the API: to be saved, and never to run beside our pages."""

import re
from collections.abc import AsyncIterator
from typing import Final

from fastapi import Response
from fastapi.responses import StreamingResponse

from api.evidence_types import TAKEN

_SANDBOXED: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
_NAME: Final = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_TYPES: Final = {one.ending: one.media_type for one in TAKEN} | {
    "jsonl": "application/jsonl",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By a file's ending: no other kind is handed out."""


def handed_out(
    content: bytes | AsyncIterator[str] | AsyncIterator[bytes], ref: str, kind: str, ending: str
) -> Response:
    """`ref` and `kind` name the file, and name nobody: a download folder is read by others. Raises ValueError for
    another name and KeyError for another ending.
    """
    name = f"{ref}-{kind.replace('_', '-')}"
    if not _NAME.fullmatch(name):
        raise ValueError("A file is named by a reference and a kind.")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Content-Security-Policy": _SANDBOXED,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    if isinstance(content, bytes):
        return Response(content, media_type=_TYPES[ending], headers=headers)
    return StreamingResponse(content, media_type=_TYPES[ending], headers=headers)
