// The order of the log: articles by `posted`, a row before each new day, neighbours of one author joined.

import type { Days } from "./days";

const joinedWithin = 10 * 60_000;

export function isMessage(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.classList.contains("msg");
}

/** The nearest message before (or after) an element of the log. */
export function neighbour(element: Element, side: "previousElementSibling" | "nextElementSibling"): HTMLElement | null {
  let other = element[side];
  while (other && !isMessage(other)) other = other[side];
  return other;
}

/** Sets the day row and the joining of an article against the one before it. Pending articles never open a day. */
export function separate(article: HTMLElement, days: Days): void {
  const before = neighbour(article, "previousElementSibling");
  const day = days.dayOf(article.dataset["at"] ?? "");
  const opens = !article.classList.contains("pending") && (!before || days.dayOf(before.dataset["at"] ?? "") !== day);
  const row = rowBefore(article);
  if (opens && row?.dataset["day"] !== day) openDay(article, before, day, days);
  if (row && (!opens || row.dataset["day"] !== day)) row.remove();
  article.classList.toggle("joined", article.previousElementSibling === before && before !== null && continues(before, article));
}

/** Writes every day row anew, when a new day has begun. */
export function relabel(log: Element, days: Days): void {
  for (const row of log.querySelectorAll<HTMLElement>(".day[data-day]")) {
    const time = row.querySelector("time");
    if (time) time.textContent = days.label(row.dataset["day"] ?? "");
  }
}

function continues(before: HTMLElement, article: HTMLElement): boolean {
  const gap = Date.parse(article.dataset["at"] ?? "") - Date.parse(before.dataset["at"] ?? "");
  return before.dataset["author"] === article.dataset["author"] && (gap < joinedWithin || article.classList.contains("pending"));
}

function rowBefore(article: Element): HTMLElement | null {
  for (let other = article.previousElementSibling; other && !isMessage(other); other = other.previousElementSibling) {
    if (other instanceof HTMLElement && other.classList.contains("day")) return other;
  }
  return null;
}

function openDay(article: HTMLElement, before: HTMLElement | null, day: string, days: Days): void {
  const row = document.createElement("div");
  row.className = "day";
  row.dataset["day"] = day;
  const time = document.createElement("time");
  time.setAttribute("datetime", day);
  time.textContent = days.label(day);
  row.append(time);
  if (before) before.after(row);
  else article.before(row);
}
