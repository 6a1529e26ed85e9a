"""Where the bytes of evidence are kept: object storage, under ids alone, and nothing in it is ever overwritten.

A file, or a copy of one, comes in under `incoming/` and is kept for good under its key once it is known to be
whole. Until it is settled both are there, so whoever sweeps up can tell what was broken off from what is kept.
Under `erased/` stands each record that was erased: its reference and the moment, which outlast any restore.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

_INCOMING: Final = "incoming/"
_ERASED: Final = "erased/"
_PART: Final = 5 * 1024 * 1024
"""What S3 takes at least, but for the last one."""
_AT_ONCE: Final = 2
_PIECE: Final = 256 * 1024
_PATIENCE: Final = timedelta(seconds=30)


class EvidenceStoreAway(RuntimeError):
    """Object storage does not answer, or does not do what it was asked; the message says which error."""


class FileMissing(LookupError):
    """There is no object of that key."""


class KeptAlready(RuntimeError):
    """There is an object of that key, which stays as it is."""


class EvidenceFiles(Protocol):
    async def take_in(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        """All of it or nothing. Raises EvidenceStoreAway, and what `pieces` raises, which is no OSError."""

    async def keep(self, key: str) -> None:
        """For good. Raises EvidenceStoreAway, FileMissing and KeptAlready."""

    async def settle(self, key: str) -> None:
        """It is no longer on its way. Raises EvidenceStoreAway."""

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Raises FileMissing before the first piece is asked for, and EvidenceStoreAway then and on the way."""

    async def remove(self, key: str) -> None:
        """Also where it is gone already. Raises EvidenceStoreAway."""

    async def incoming(self, before: datetime) -> list[str]:
        """The keys of what has been on its way since before then. Raises EvidenceStoreAway."""

    async def kept(self) -> dict[str, int]:
        """How large each file is, by key, of all that is not on its way. Raises EvidenceStoreAway."""

    async def note_erased(self, ref: str, at: datetime) -> None:
        """The record was erased then. Once noted it stays as it is. Raises EvidenceStoreAway."""

    async def erased(self) -> frozenset[str]:
        """The references of all records that are noted as erased. Raises EvidenceStoreAway."""


@contextmanager
def _failures_named() -> Iterator[None]:
    """What storage says of an object names buckets and folders, which are nobody's business."""
    try:
        yield
    except AlreadyExistsError as there:
        raise KeptAlready from there
    except FileNotFoundError as missing:
        raise FileMissing from missing
    except (BaseError, OSError) as away:
        raise EvidenceStoreAway(type(away).__name__) from away


@dataclass(frozen=True)
class StoredFiles:
    """In a folder of this machine or in a bucket."""

    store: ObjectStore

    async def take_in(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        with _failures_named():
            await obstore.put_async(
                self.store, _INCOMING + key, pieces, chunk_size=_PART, max_concurrency=_AT_ONCE
            )

    async def keep(self, key: str) -> None:
        with _failures_named():
            await obstore.copy_async(self.store, _INCOMING + key, key, overwrite=False)

    async def settle(self, key: str) -> None:
        await self.remove(_INCOMING + key)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        with _failures_named():
            found = await obstore.get_async(self.store, key)
        return _pieces_of(found.stream(min_chunk_size=_PIECE))

    async def remove(self, key: str) -> None:
        try:
            with _failures_named():
                await obstore.delete_async(self.store, key)
        except FileMissing:
            return

    async def kept(self) -> dict[str, int]:
        with _failures_named():
            found = await obstore.list(self.store).collect_async()
        return {one["path"]: one["size"] for one in found if not one["path"].startswith((_INCOMING, _ERASED))}

    async def note_erased(self, ref: str, at: datetime) -> None:
        with suppress(KeptAlready), _failures_named():
            await obstore.put_async(self.store, _ERASED + ref, at.isoformat().encode(), mode="create")

    async def erased(self) -> frozenset[str]:
        with _failures_named():
            found = await obstore.list(self.store, _ERASED).collect_async()
        return frozenset(one["path"].removeprefix(_ERASED) for one in found)

    async def incoming(self, before: datetime) -> list[str]:
        with _failures_named():
            found = await obstore.list(self.store, _INCOMING).collect_async()
        return [one["path"].removeprefix(_INCOMING) for one in found if one["last_modified"] < before]


async def _pieces_of(stream: "obstore.BytesStream") -> AsyncIterator[bytes]:
    with _failures_named():
        async for piece in stream:
            yield bytes(piece)


def opened(
    url: str,
    *,
    endpoint: str | None = None,
    region: str | None = None,
    access_key: str | None = None,
    secret_key: str | None = None,
) -> StoredFiles:
    """`s3://bucket`, or `file:///folder`, which is made for this account alone where there is none. Without keys
    those that the machine itself has are used.
    """
    if url.startswith("s3://"):
        return StoredFiles(_bucket(url, endpoint, region=region, keys=(access_key, secret_key)))
    folder = Path(url2pathname(urlsplit(url).path))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return StoredFiles(LocalStore(prefix=folder))


def _bucket(
    url: str, endpoint: str | None, *, region: str | None, keys: tuple[str | None, str | None]
) -> ObjectStore:
    parts = urlsplit(url)
    access_key, secret_key = keys
    told = {
        "region": region,
        "endpoint": endpoint,
        "access_key_id": access_key,
        "secret_access_key": secret_key,
        "copy_if_not_exists": "multipart",
    }
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        config={name: value for name, value in told.items() if value},  # type: ignore[arg-type]  # its type is not there at run time
        client_options={"timeout": _PATIENCE, "allow_http": bool(endpoint and endpoint.startswith("http://"))},
        retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
    )
