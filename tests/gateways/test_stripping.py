"""The copy that may be passed on shows the same, and holds nothing else."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from gateways.stripping import FORMATS, CannotBeStripped, TooLargeToStrip, stripped
from tests.evidence_samples import CAMERA, GPS, SAMPLES, photo


@pytest.mark.parametrize("media_type", list(FORMATS))
async def test_place_camera_and_comments_are_gone(media_type: str) -> None:
    original = photo(FORMATS[media_type])
    assert GPS in original
    copy = await stripped(original, media_type)
    assert GPS not in copy
    assert CAMERA not in copy
    with Image.open(BytesIO(copy)) as picture:
        assert picture.format == FORMATS[media_type]
        assert picture.size == (40, 24)
        assert not picture.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & picture.info.keys()


async def test_a_picture_that_is_to_be_turned_is_turned() -> None:
    with Image.open(BytesIO(await stripped(photo(turned=True), "image/jpeg"))) as picture:
        assert picture.size == (24, 40)


async def test_what_can_be_seen_through_stays_so() -> None:
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(BytesIO(await stripped(written.getvalue(), "image/png"))) as picture:
        assert picture.mode == "RGBA"


def bomb() -> bytes:
    """A few bytes that say that they are a picture of ten thousand million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


async def test_a_picture_that_unfolds_without_end_is_not_unfolded() -> None:
    with pytest.raises(TooLargeToStrip):
        await stripped(bomb(), "image/png")


@pytest.mark.parametrize("content", [photo()[:60], b"\xff\xd8\xff" + b"x" * 100, photo("PNG"), b""])
async def test_what_is_no_such_picture_is_not_passed_off_as_stripped(content: bytes) -> None:
    with pytest.raises(CannotBeStripped):
        await stripped(content, "image/jpeg")


async def test_neither_is_what_is_several_pictures() -> None:
    written, frame = BytesIO(), Image.new("RGB", (4, 4))
    frame.save(written, "WEBP", save_all=True, append_images=[Image.new("RGB", (4, 4), (9, 9, 9))])
    with pytest.raises(CannotBeStripped):
        await stripped(written.getvalue(), "image/webp")


@pytest.mark.parametrize("media_type", sorted(SAMPLES.keys() - FORMATS.keys()))
async def test_what_we_cannot_strip_is_said_so(media_type: str) -> None:
    with pytest.raises(CannotBeStripped):
        await stripped(SAMPLES[media_type], media_type)
