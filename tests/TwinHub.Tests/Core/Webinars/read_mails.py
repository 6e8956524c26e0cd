"""Reads mails with Python's email package and python3-icalendar and says what it found, as JSON, for WebinarLettersTests to judge."""
import base64
import json
import re
import sys
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

STRICT = policy.default.clone(raise_on_defect=True)


def faults(content):
    """What no mail may hold, read from the octets alone."""
    lines = content.split(b"\r\n")
    found = []
    if lines[-1] != b"":
        found.append("no CRLF at the end")
    if any(b"\r" in line or b"\n" in line for line in lines):
        found.append("a bare CR or LF")
    if any(len(line) > 998 for line in lines):
        found.append("a line over 998 octets")
    if any(octet > 126 or octet == 0 for octet in content):
        found.append("not ASCII")
    return found


def calendar_faults(content):
    lines = content.split(b"\r\n")
    found = []
    if lines[-1] != b"":
        found.append("no CRLF at the end")
    if any(line == b"" for line in lines[:-1]):
        found.append("a blank line")
    if any(len(line) > 75 for line in lines):
        found.append("a line over 75 octets")
    for line in lines:
        line.decode("utf-8")  # a fold inside a character raises
    text = content.decode("utf-8")
    if "\ufeff" in text or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text.replace("\r\n", "")):
        found.append("a control character")
    return found


def structure(part):
    if part.is_multipart():
        return [part.get_content_type(), [structure(inner) for inner in part.iter_parts()]]
    return part.get_content_type()


def defects(part):
    own = [repr(one) for one in part.defects] + [f"{name}: {one!r}" for name, value in part.items() for one in value.defects]
    return own + [one for inner in (part.iter_parts() if part.is_multipart() else []) for one in defects(inner)]


def addresses(header):
    return [[one.display_name, one.addr_spec] for one in header.addresses]


def person(value):
    caret = lambda text: re.sub(r"\^([n'^])", lambda escape: {"n": "\n", "'": '"', "^": "^"}[escape[1]], str(text))
    return {"address": str(value).removeprefix("mailto:"), **{name.lower(): caret(text) for name, text in value.params.items()}}


def people(event, name):
    found = event.get(name, [])
    return [person(value) for value in (found if isinstance(found, list) else [found])]


def event(content, zones):
    calendar = Calendar.from_ical(content)
    components = [component.name for component in calendar.walk()]
    read = calendar.walk("VEVENT")[0]
    instant = lambda name: read.decoded(name).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
    local = lambda name: [read.decoded(name).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") for zone in zones]
    return {
        "components": components, "method": str(calendar["METHOD"]), "methodInEvent": "METHOD" in read, "version": str(calendar["VERSION"]),
        "uid": str(read["UID"]), "sequence": int(read["SEQUENCE"]), "stamp": instant("DTSTAMP"), "start": instant("DTSTART"), "end": instant("DTEND"),
        "starts": local("DTSTART"), "ends": local("DTEND"), "summary": str(read["SUMMARY"]), "description": str(read["DESCRIPTION"]),
        "location": str(read.get("LOCATION", "")), "url": str(read["URL"]), "status": str(read["STATUS"]), "transparency": str(read["TRANSP"]),
        "counter": str(read["X-MICROSOFT-DISALLOW-COUNTER"]), "organizer": people(read, "ORGANIZER"), "attendee": people(read, "ATTENDEE"),
    }


def read(case):
    content = base64.b64decode(case["mail"])
    mail = message_from_bytes(content, policy=STRICT)
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    calendar = parts.get("text/calendar")
    found = {
        "faults": faults(content) + defects(mail), "structure": structure(mail), "headers": [name for name, _ in mail.items()],
        "from": addresses(mail["From"]), "to": addresses(mail["To"]), "subject": str(mail["Subject"]), "references": mail["References"] and str(mail["References"]),
        "date": parsedate_to_datetime(mail["Date"]).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "auto": str(mail["Auto-Submitted"]), "unsubscribe": mail["List-Unsubscribe"] and str(mail["List-Unsubscribe"]), "oneClick": mail["List-Unsubscribe-Post"] and str(mail["List-Unsubscribe-Post"]),
        "encodings": sorted({str(part["Content-Transfer-Encoding"]) for part in parts.values()}),
        "plain": parts["text/plain"].get_content(), "html": parts["text/html"].get_content(), "calendar": None,
    }
    if calendar is not None:
        octets = calendar.get_payload(decode=True)
        attached = parts["application/ics"]
        found["faults"] += calendar_faults(octets)
        found["calendar"] = event(octets, case["zones"]) | {
            "sameBytes": attached.get_payload(decode=True) == octets, "file": attached.get_filename(),
            "parameters": {name.lower(): value for name, value in calendar["Content-Type"].params.items()},
            "disposition": calendar["Content-Disposition"], "id": calendar["Content-ID"], "attached": attached.get_content_disposition(),
        }
    return found


json.dump([read(case) for case in json.load(sys.stdin)], sys.stdout)
