// An organiser's pages: the numbers of a webinar keep themselves fresh, and the schedule form shows what its time is for those invited.

import { within } from "./pauses";

const patience = 10_000;
const sending = 2_000;
const calm = 10_000;
const typing = 400;

const numbers = document.querySelector<HTMLElement>("[data-fresh]");
if (numbers) setTimeout(() => void keepFresh(numbers), pace(numbers));
const form = document.querySelector<HTMLFormElement>("form[data-look]");
if (form) lookAhead(form);

/** Asks for the numbers again while the page is seen: soon while mails are leaving, else now and then. */
async function keepFresh(place: HTMLElement): Promise<void> {
  if (document.visibilityState === "visible") {
    const present = await page(place.dataset["fresh"] ?? "");
    if (present) place.replaceChildren(...document.adoptNode(present.body).childNodes);
  }
  setTimeout(() => void keepFresh(place), pace(place));
}

function pace(place: HTMLElement): number {
  return place.querySelector("progress") ? sending : calm;
}

/** After a change the server is asked what the form would mean; it answers with the whole page, of which two parts are taken. */
function lookAhead(form: HTMLFormElement): void {
  let timer = 0;
  let asked = 0;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), typing);
  });
  async function look(): Promise<void> {
    const mine = ++asked;
    const data = new FormData(form);
    data.set("Act", "look");
    const present = await page(form.action, { method: "POST", body: data });
    if (!present || mine !== asked) return;
    for (const part of ["#outlook", "#send"]) swap(part, present);
  }
}

function swap(selector: string, present: Document): void {
  const [old, fresh] = [document.querySelector(selector), present.querySelector(selector)];
  // The children alone: the region that is announced and the button that may be focused stay the same.
  if (old && fresh) old.replaceChildren(...document.adoptNode(fresh).childNodes);
}

/** A page or part of one; undefined when it cannot be had now: what stands there stays. */
async function page(path: string, init: RequestInit = {}): Promise<Document | undefined> {
  try {
    const response = await within(patience, signal => fetch(path, { cache: "no-store", ...init, signal }));
    return response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : undefined;
  } catch (error) {
    console.info("The server cannot be asked now.", error);
    return undefined;
  }
}
