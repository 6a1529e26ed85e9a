"""A calendar as programs fetch it. (RFC 5545, RFC 7986)"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from policy.frozen import Frozen

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_OCTETS: Final = 75
"""Of a line at most, without its end."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""But for the line break, which is escaped."""
_LONDON: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
"""What hours are counted in. A calendar without any component is none, and there may be nothing to tell of.
(RFC 5545, section 3.6)
"""


class Event(Frozen):
    """On a whole day, or from an `hour` in London on, nobody knows how long. `uid` is always the same of the same;
    `changes` only grows, the last was `changed_at`.
    """

    uid: str
    on: date
    hour: time | None = None
    summary: str
    place: str | None = None
    url: str | None = None
    changes: int = 0
    changed_at: datetime
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event], every: timedelta) -> bytes:
    """`every` so often a program may ask again."""
    again = f"PT{int(every.total_seconds()) // 60}M"
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Casework//Hearings and meetings//EN", "CALSCALE:GREGORIAN"),
        *(f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"),
        *(f"REFRESH-INTERVAL;VALUE=DURATION:{again}", f"X-PUBLISHED-TTL:{again}"),
        *_LONDON,
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    """Nobody is shown as busy: all day they are not, and nobody knows until when."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"SEQUENCE:{event.changes}"
    if event.hour is not None:
        yield f"DTSTART;TZID=Europe/London:{event.on:%Y%m%d}T{event.hour:%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    plain = said.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", plain).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line that goes on begins with a blank; no character is parted."""
    made, room = bytearray(), _OCTETS
    for character in line:
        octets = character.encode()
        if len(octets) > room:
            made += b"\r\n "
            room = _OCTETS - 1
        made += octets
        room -= len(octets)
    return bytes(made + b"\r\n")
