"""Calendars as other programs read them: iCalendar, RFC 5545."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

MAKER = "-//Conexx Learn//Due dates//ES"
ASK_AGAIN = timedelta(hours=12)
"""How often a calendar is to fetch its address."""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something that is on a whole day.

    Attributes:
        key: Names it for ever: a later calendar moves it instead of doubling it.
        on: The day.
        title: One line.
        text: More about it.
        address: Absolute, of its page.
    """

    key: str
    on: date
    title: str
    text: str
    address: str


def calendar_file(
    entries: Sequence[DayEntry], *, name: str, lang: str, now: datetime
) -> bytes:
    """Write a calendar; escaping and folding are those of the standard."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.key)
        event.add("dtstamp", now)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", entry.title, parameters={"LANGUAGE": lang})
        event.add("description", entry.text, parameters={"LANGUAGE": lang})
        event.add("url", entry.address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
