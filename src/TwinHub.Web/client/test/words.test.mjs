import assert from "node:assert/strict";
import test from "node:test";
import { Days } from "../days";
import { pauseBefore } from "../pauses";
import { isForGood, refusalOf } from "../refusal";
import { plural } from "../wording";

const french = {
  weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
  months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
  dayPattern: "{weekday} {day} {month}", dayPatternYear: "{weekday} {day} {month} {year}", firstDay: "1er", today: "Aujourd’hui", yesterday: "Hier",
};

test("Days are named by the page's own words", () => {
  const days = new Days("Europe/Paris", french, "2026-10-28");
  assert.equal(days.label("2026-10-28"), "Aujourd’hui");
  assert.equal(days.label("2026-10-27"), "Hier");
  assert.equal(days.label("2026-10-01"), "jeudi 1er octobre");
  assert.equal(days.label("2025-12-31"), "mercredi 31 décembre 2025");
});

test("A message belongs to the day and hour of the zone, also over the change of the clocks", () => {
  for (const [zone, instant, day, time] of [
    ["Asia/Beirut", "2026-10-27T22:30:00Z", "2026-10-28", "00:30"],
    ["Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25", "02:30"],
    ["Europe/Paris", "2026-10-25T01:30:00Z", "2026-10-25", "02:30"],
    ["Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-29", "03:00"],
    ["Asia/Amman", "2026-07-01T21:00:00Z", "2026-07-02", "00:00"],
  ]) {
    const days = new Days(zone, french, "2026-10-28");
    assert.deepEqual([days.dayOf(instant), days.timeOf(instant)], [day, time], `${zone} ${instant}`);
  }
});

test("A later message begins a new day; an earlier one does not go back", () => {
  const days = new Days("UTC", french, "2026-10-28");
  assert.equal(days.reach("2026-10-28"), false);
  assert.equal(days.reach("2026-10-29"), true);
  assert.equal(days.label("2026-10-28"), "Hier");
  assert.equal(days.reach("2026-10-27"), false);
});

test("Arabic counts in six forms", () => {
  const forms = { zero: "لا شيء", one: "رسالة", two: "رسالتان", few: "{n} رسائل", many: "{n} رسالة", other: "{n} رسالة." };
  const said = [0, 1, 2, 3, 11, 100].map(n => plural(forms, "ar", n));
  assert.deepEqual(said, ["لا شيء", "رسالة", "رسالتان", "3 رسائل", "11 رسالة", "100 رسالة."]);
});

test("A refusal is read past the framework's words", () => {
  const error = new Error("An unexpected error occurred invoking 'Post' on the server. HubException: too_long: At most 10,000 characters: shorten it.");
  assert.deepEqual(refusalOf(error), { code: "too_long", sentence: "At most 10,000 characters: shorten it." });
  assert.equal(refusalOf(new Error("WebSocket closed.")), null);
});

test("Only what can not get better is refused for good", () => {
  const forGood = code => isForGood({ code, sentence: "" });
  assert.deepEqual(["invalid", "too_long", "not_allowed", "closed", "not_found"].map(forGood), [true, true, true, true, true]);
  assert.deepEqual(["unavailable", "rate_limited", "conflict"].map(forGood), [false, false, false]);
  assert.equal(isForGood(null), false);
});

test("Pauses grow from a fifth of a second to fifteen seconds", () => {
  assert.deepEqual([0, 1, 5, 50].map(n => pauseBefore(n, 1)), [200, 400, 6400, 15000]);
  assert.equal(pauseBefore(50, 0), 7500);
});
