// Reads calendars with ical.js and says what it found, as JSON, for CalendarCheckerTests to compare.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));

const instant = time => time.toJSDate().toISOString().replace(".000Z", "Z");

const local = (time, timeZone) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(time.toJSDate());

function person(property) {
  const parameters = Object.entries(property.toJSON()[1]).map(([name, value]) => [name.toUpperCase(), value]);
  return { address: property.getFirstValue(), parameters: Object.fromEntries(parameters.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function described(event, zone) {
  const value = name => event.getFirstPropertyValue(name);
  return {
    uid: value("uid"),
    sequence: value("sequence"),
    stamp: instant(value("dtstamp")),
    start: instant(value("dtstart")),
    end: instant(value("dtend")),
    local: local(value("dtstart"), zone),
    summary: value("summary"),
    description: value("description"),
    location: value("location"),
    url: value("url"),
    status: value("status"),
    organizer: event.getAllProperties("organizer").map(person),
    attendee: event.getAllProperties("attendee").map(person),
  };
}

function check({ calendar, zone }) {
  const read = new ICAL.Component(ICAL.parse(Buffer.from(calendar, "base64").toString("utf8")));
  return { method: read.getFirstPropertyValue("method"), events: read.getAllSubcomponents("vevent").map(event => described(event, zone)) };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(check)));
