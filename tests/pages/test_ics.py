"""A calendar by the letter of RFC 5545: lines, folding, escaping, and never without a component."""

from datetime import date, datetime, time, timedelta, timezone

from fetching_calendars import parsed

from pages.ics import Event, calendar

HOUR = timedelta(hours=1)
SAID_AT = datetime(2026, 7, 1, 10, 30, tzinfo=timezone(HOUR))


def event(**said: object) -> Event:
    told = {"uid": "CW-2026-000001-7.court-5@casework", "on": date(2026, 12, 31), "summary": "CW-2026-000001-7: A"}
    return Event.model_validate(told | {"changed_at": SAID_AT} | said)


def test_text_is_escaped_and_comes_back_as_it_was() -> None:
    hard = 'Court 2; upstairs, "left"\\right: room\nBEGIN:VEVENT'
    body = calendar("Hearings, meetings; all", [event(place=hard)], HOUR)
    assert b'LOCATION:Court 2\\; upstairs\\, "left"\\\\right: room\\nBEGIN:VEVENT\r\n' in body
    assert b"X-WR-CALNAME:Hearings\\, meetings\\; all\r\n" in body
    (read,) = parsed(body)
    assert read["LOCATION"] == hard


def test_no_control_character_makes_a_line_of_its_own() -> None:
    (read,) = parsed(calendar("All", [event(place="A\r\nB\rC\x0bD\x1fE\x00F")], HOUR))
    assert read["LOCATION"] == "A\nB\nC D E F"


def test_lines_are_folded_by_octets_and_no_character_is_parted() -> None:
    long = "Llys Sirol \u00f4\u20ac\U0001f3db" * 20
    for shift in range(5):
        body = calendar("All", [event(place="x" * shift + long)], HOUR)
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        for line in body.split(b"\r\n"):
            line.decode()
        (read,) = parsed(body)
        assert read["LOCATION"] == "x" * shift + long


def test_a_line_of_exactly_75_octets_is_not_folded() -> None:
    (line,) = [
        one for one in calendar("All", [event(place="x" * 66)], HOUR).split(b"\r\n") if one.startswith(b"LOCATION")
    ]
    assert len(line) == 75


def test_days_are_whole_and_moments_are_utc() -> None:
    (read,) = parsed(calendar("All", [event(changes=4, cancelled=True)], HOUR))
    assert (read["DTSTART"], read["DTEND"]) == ("20261231", "20270101")
    assert read["DTSTAMP"] == read["LAST-MODIFIED"] == "20260701T093000Z"
    assert (read["SEQUENCE"], read["STATUS"]) == ("4", "CANCELLED")
    assert "LOCATION" not in read


def test_an_hour_is_told_in_london_s_time_and_nobody_knows_until_when() -> None:
    body = calendar("All", [event(on=date(2026, 7, 1), hour=time(10, 30))], HOUR)
    assert b"\r\nDTSTART;TZID=Europe/London:20260701T103000\r\n" in body
    (read,) = parsed(body)
    assert "DTEND" not in read
    zone = body[body.index(b"BEGIN:VTIMEZONE") : body.index(b"END:VTIMEZONE")]
    assert b"TZID:Europe/London\r\n" in zone
    assert zone.index(b"BEGIN:DAYLIGHT") < zone.index(b"TZOFFSETTO:+0100")


def test_without_any_event_it_is_a_calendar_all_the_same() -> None:
    body = calendar("All", [], HOUR)
    assert parsed(body) == []
    assert body.count(b"BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n") == 1
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n" in body
