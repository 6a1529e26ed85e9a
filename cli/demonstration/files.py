"""Files as residents send them: a picture, a recording and a letter, drawn and hummed here. Nobody is on them."""

import io
import math
import time
import wave
from collections.abc import Mapping
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from policy.frozen import Frozen

_DAY: Final = time.gmtime(0)
"""That of a PDF, so that the same letter has the same bytes."""
_RATE: Final = 8000
_SECONDS: Final = 2


class Sent(Frozen):
    """`name` is what whoever sent it called it."""

    name: str
    content: bytes


def made(what: str) -> Sent:
    """A `photo`, a `recording` or a `letter`: the same bytes each time."""
    return _made()[what]


@cache
def _made() -> Mapping[str, Sent]:
    return {
        "photo": Sent(name="front door.jpg", content=_photo()),
        "recording": Sent(name="bass at 23.40.wav", content=_recording()),
        "letter": Sent(name="letter of neighbours.pdf", content=_letter()),
    }


def _photo() -> bytes:
    """A door with paint on it."""
    picture = Image.new("RGB", (640, 480), "#8d5a44")
    draw = ImageDraw.Draw(picture)
    for row in range(0, 480, 24):
        for column in range(-60 + row % 48, 640, 60):
            draw.rectangle((column, row, column + 57, row + 21), outline="#6f4433")
    draw.rectangle((210, 60, 430, 480), fill="#2f4f5f", outline="#1d3038", width=6)
    draw.ellipse((392, 280, 412, 300), fill="#c9b458")
    draw.line(((235, 200), (300, 140), (330, 260), (405, 150)), fill="#d43f3a", width=14, joint="curve")
    return _written(picture, "JPEG")


def _letter() -> bytes:
    page = Image.new("1", (827, 1169), 1)
    lines = (
        "To the landlord\n\nThe shutters of the bin store are forced each night.\nWe live on the first floor.\n"
    )
    ImageDraw.Draw(page).multiline_text((90, 120), lines, fill=0, font=ImageFont.load_default(24), spacing=14)
    kept = io.BytesIO()
    page.save(kept, "PDF", resolution=100, creationDate=_DAY, modDate=_DAY)
    return kept.getvalue()


def _recording() -> bytes:
    """A beat through a wall."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_RATE)
        sound.writeframes(bytes(_heard(n / _RATE) for n in range(_RATE * _SECONDS)))
    return kept.getvalue()


def _heard(second: float) -> int:
    return round(128 + 100 * math.exp(-6 * (second % 0.5)) * math.sin(math.tau * 55 * second))


def _written(picture: Image.Image, kind: str) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, kind, quality=80)
    return kept.getvalue()
