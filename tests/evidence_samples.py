"""Small files of each type, made here, and pictures as phones make them: with the place in them."""

from io import BytesIO
from typing import Final

from PIL import Image

GPS: Final = b"51.2785"
CAMERA: Final = b"Pretend Phone 9"
TO_BE_FOUND: Final = b"CASEWORK-TEST-MALWARE-THAT-HARMS-NOBODY"
"""What the scanner of the tests takes for malware."""


def photo(called: str = "JPEG", size: tuple[int, int] = (40, 24), *, turned: bool = False) -> bytes:
    """With camera, place and a comment in it."""
    picture = Image.new("RGB", size, (180, 40, 40))
    exif = Image.Exif()
    exif[0x010F] = CAMERA.decode()
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 16.0, 42.6), 3: "E", 4: (0.0, 31.0, 19.0), 29: GPS.decode()})
    written = BytesIO()
    more = {"comment": CAMERA} if called == "JPEG" else {}
    picture.save(written, called, exif=exif, **more)
    return written.getvalue()


def _box(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + b"isommp42" + b"\0" * 64


SAMPLES: Final = {
    "image/jpeg": photo(),
    "image/png": photo("PNG"),
    "image/webp": photo("WEBP"),
    "image/heic": _box(b"heic"),
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 32,
    "audio/mp4": _box(b"M4A "),
    "audio/ogg": b"OggS\0\x02" + b"\0" * 40,
    "audio/amr": b"#!AMR\n" + b"\x3c" * 32,
    "audio/mpeg": b"ID3\x04\0\0\0\0\0\0" + b"\0" * 32,
    "video/quicktime": _box(b"qt  "),
    "video/3gpp": _box(b"3gp5"),
    "video/mp4": _box(b"isom"),
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\0" * 32,
    "text/plain": "Saturday 23:40, drums again. Café shut.\n".encode(),
}
NOT_TAKEN: Final = {
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page behind spaces": b"\xef\xbb\xbf \n <svg onload='alert(1)'/>",
    "an archive": b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 40,
    "a program": b"MZ\x90\0\x03\0\0\0" + b"\0" * 40,
    "a program of Linux": b"\x7fELF\x02\x01\x01" + b"\0" * 40,
    "a script": b"#!/bin/sh\necho\n",
    "an office file of old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40,
    "a rich text": b"{\\rtf1\\ansi hello}",
    "PostScript": b"%!PS-Adobe-3.0\n",
    "a GIF": b"GIF89a\x01\0\x01\0\0\0\0;",
    "an AVI": b"RIFF\x24\0\0\0AVI LIST" + b"\0" * 32,
    "nothing in particular": bytes(range(256)),
    "words with a terminal's commands": b"hello \x1b[2J",
}
