"""A copy of a picture without what the device wrote into it: no place, no time, no camera, no earlier thumbnail.

Decoding what strangers send is done in a process of its own, without our secrets, with little memory and time:
`python -I stripping.py` reads the picture and writes the copy. Only what can be seen goes into it.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import Final

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""What can be stripped here, by media type."""

MOST_PIXELS: Final = 64_000_000
_MEMORY: Final = 1024**3
_SECONDS: Final = 60
_TOO_LARGE: Final = 3


class CannotBeStripped(ValueError):
    """Whatever it is, it is no picture that we can read, or it has several."""


class TooLargeToStrip(CannotBeStripped):
    """More pixels than are decoded here: a picture can be small in bytes and huge on the screen."""


async def stripped(picture: bytes, media_type: str) -> bytes:
    """Raises CannotBeStripped and TooLargeToStrip."""
    if media_type not in FORMATS:
        raise CannotBeStripped(media_type)
    command = [sys.executable, "-I", __file__, FORMATS[media_type]]
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})
    try:
        async with asyncio.timeout(2 * _SECONDS):
            copy, _ = await child.communicate(picture)
    except TimeoutError:
        raise TooLargeToStrip("it takes too long") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == _TOO_LARGE:
        raise TooLargeToStrip("too many pixels")
    if child.returncode or not copy:
        raise CannotBeStripped("it cannot be read")
    return copy


def _strip(called: str) -> int:
    """From standard input to standard output. The pixels are put into a new picture, turned as they are shown;
    nothing else is taken over. Raises whatever Pillow does.
    """
    import resource  # noqa: PLC0415 - of the process that decodes, which nothing else is loaded into
    from io import BytesIO  # noqa: PLC0415 - as above

    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    with suppress(OSError):  # where memory runs out all the same, this process ends and not the worker
        Path("/proc/self/oom_score_adj").write_text("1000")
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    Image.MAX_IMAGE_PIXELS = None  # ours is asked for below, of the header alone
    with Image.open(BytesIO(sys.stdin.buffer.read()), formats=[called]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return _TOO_LARGE
        if getattr(picture, "n_frames", 1) > 1:
            raise CannotBeStripped("several pictures")
        turned = ImageOps.exif_transpose(picture)
        mode = "RGBA" if turned.has_transparency_data and called != "JPEG" else "RGB"
        seen = turned if turned.mode in {"L", mode} else turned.convert(mode)
        copy = Image.new(seen.mode, seen.size)
        copy.paste(seen)
    written = BytesIO()
    copy.save(written, called, **({} if called == "PNG" else {"quality": 95}))
    sys.stdout.buffer.write(written.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(_strip(sys.argv[1]))
