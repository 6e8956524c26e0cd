"""Reads calendars with python3-icalendar and says what it found, as JSON, for CalendarCheckerTests to compare."""
import base64
import json
import re
import sys
from zoneinfo import ZoneInfo

from icalendar import Calendar


def parameter(value):
    # The library (4.0) is older than its support for RFC 6868, so the caret escapes are undone here.
    return re.sub(r"\^([n'^])", lambda escape: {"n": "\n", "'": '"', "^": "^"}[escape[1]], str(value))


def person(value):
    return {"address": str(value), "parameters": {name.upper(): parameter(text) for name, text in sorted(value.params.items())}}


def people(event, name):
    found = event.get(name, [])
    return [person(value) for value in (found if isinstance(found, list) else [found])]


def instant(event, name):
    return event.decoded(name).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def described(event, zone):
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "stamp": instant(event, "DTSTAMP"),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "local": event.decoded("DTSTART").astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M"),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "location": str(event["LOCATION"]),
        "url": str(event["URL"]),
        "status": str(event["STATUS"]),
        "organizer": people(event, "ORGANIZER"),
        "attendee": people(event, "ATTENDEE"),
    }


def check(case):
    calendar = Calendar.from_ical(base64.b64decode(case["calendar"]))
    return {"method": str(calendar["METHOD"]), "events": [described(event, case["zone"]) for event in calendar.walk("VEVENT")]}


json.dump([check(case) for case in json.load(sys.stdin)], sys.stdout)
