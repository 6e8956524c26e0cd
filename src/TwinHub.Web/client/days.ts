// Days and times of messages in the group page's zone. Names come from the page, not from the machine: browsers
// disagree about Arabic months, and print French's first of a month without its "er".

import type { Texts } from "./contract";

type DayTexts = Pick<Texts, "weekdays" | "months" | "dayPattern" | "dayPatternYear" | "firstDay" | "today" | "yesterday">;

/** Turns instants into days (2026-10-27), day labels and times of day (09:38, Latin digits in every language). */
export class Days {
  private readonly day: Intl.DateTimeFormat;
  private readonly time: Intl.DateTimeFormat;

  /** @param today the server's day: a demo's clock may be ahead of the browser's */
  constructor(timeZone: string, private readonly texts: DayTexts, public today: string) {
    this.day = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", numberingSystem: "latn" });
    this.time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
  }

  dayOf(instant: string | Date): string {
    return this.day.format(new Date(instant));
  }

  timeOf(instant: string | Date): string {
    return this.time.format(new Date(instant));
  }

  /** A message of a later day than today means that a new day has begun. Returns whether it has. */
  reach(day: string): boolean {
    if (day <= this.today) return false;
    this.today = day;
    return true;
  }

  label(day: string): string {
    if (day === this.today && this.texts.today) return this.texts.today;
    if (day === dayBefore(this.today) && this.texts.yesterday) return this.texts.yesterday;
    const date = new Date(`${day}T00:00:00Z`);
    const pattern = day.slice(0, 4) === this.today.slice(0, 4) ? this.texts.dayPattern : this.texts.dayPatternYear;
    return pattern
      .replace("{weekday}", this.texts.weekdays[date.getUTCDay()] ?? "")
      .replace("{day}", date.getUTCDate() === 1 ? this.texts.firstDay : String(date.getUTCDate()))
      .replace("{month}", this.texts.months[date.getUTCMonth()] ?? "")
      .replace("{year}", day.slice(0, 4));
  }
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
