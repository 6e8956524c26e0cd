// Local times in the group header: every `time[data-zone]` shows the hour and minute of its IANA zone, each minute anew.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes the clocks now and at each full minute. `data-ahead` (milliseconds) carries a demo clock's lead. */
export function keepClocks(): void {
  for (const clock of document.querySelectorAll<HTMLTimeElement>("time[data-zone]")) show(clock);
  setTimeout(keepClocks, 60_000 - Date.now() % 60_000 + 50);
}

function show(clock: HTMLTimeElement): void {
  const now = new Date(Date.now() + Number(clock.dataset["ahead"] ?? 0));
  clock.textContent = formatOf(clock.dataset["zone"] ?? "UTC").format(now);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" }));
  return format;
}
