// The room of a webinar. Without this script every button is a plain form and the page is looked at again by hand; with it,
// presses go out without leaving the page, and the parts that change are read again when the hub says so.

import { Live } from "./live";
import { within } from "./pauses";

const patience = 10_000;
const spreadEach = 8; // milliseconds a person in the room: everybody hears of a change at the same moment
const longestSpread = 2_000;

interface RoomChanged { webinarId: string; what: string[]; people: number }

class Room {
  private readonly live: Live;
  private readonly waiting = new Set<string>();
  private timer = 0;

  constructor(private readonly root: HTMLElement, private readonly status: HTMLElement | null) {
    const { room = "", hub = "", silence = "" } = root.dataset;
    this.live = new Live(hub, Number(silence), { connected: () => this.connected(room), lost: () => this.say("lost") });
    this.live.on<RoomChanged>("RoomChanged", event => { if (event.webinarId === room) this.changed(event); });
    addEventListener("online", () => this.live.renew());
    addEventListener("pagehide", () => this.live.stop());
    addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
    root.addEventListener("submit", event => void this.submit(event));
  }

  start(): void {
    this.root.classList.add("live");
    void this.live.run();
  }

  private async connected(room: string): Promise<void> {
    await this.live.invoke("EnterRoom", room);
    this.say("");
    this.readSoon(partsOf(this.root), 1);
  }

  private changed({ what, people }: RoomChanged): void {
    if (what.includes("closed")) location.reload(); // taken off, answered no, or moved: the page says which
    else this.readSoon(what, people);
  }

  private readSoon(parts: string[], people: number): void {
    for (const part of parts) this.waiting.add(part);
    if (this.timer || this.waiting.size === 0) return;
    this.timer = window.setTimeout(() => void this.read(), Math.random() * Math.min(longestSpread, people * spreadEach));
  }

  private async read(): Promise<void> {
    const parts = [...this.waiting];
    this.waiting.clear();
    this.timer = 0;
    const query = parts.map(part => `&what=${encodeURIComponent(part)}`).join("");
    const page = await this.page(`${location.pathname}?handler=parts${query}`);
    if (page) this.show(page);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.matches("[data-plain]")) return;
    event.preventDefault();
    if (form.dataset["busy"]) return;
    form.dataset["busy"] = "true";
    const page = await this.page(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    delete form.dataset["busy"];
    if (!page) {
      this.say("unsent");
      return;
    }
    if (form.matches("[data-clear]") && !page.querySelector("[role=alert]")) empty(form);
    this.show(page);
  }

  /** The answer as a page; undefined when it cannot be had now. A page of another place means that this one is closed to us. */
  private async page(address: string, init: RequestInit = {}): Promise<Document | undefined> {
    try {
      const response = await within(patience, signal => fetch(address, { cache: "no-store", ...init, signal }));
      if (response.redirected && new URL(response.url).pathname !== location.pathname) location.assign(response.url);
      if (response.status >= 500) return undefined;
      if (response.status === 404) location.reload();
      return new DOMParser().parseFromString(await response.text(), "text/html");
    } catch (error) {
      console.info("The server cannot be reached now.", error);
      return undefined;
    }
  }

  /** Takes over every part that came. What somebody is typing, what is unfolded and the focus stay. */
  private show(page: Document): void {
    for (const old of this.root.querySelectorAll<HTMLElement>("[data-part]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined;
      keep(old, fresh);
      old.replaceChildren(...document.adoptNode(fresh).childNodes);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }

  private say(what: "" | "lost" | "unsent"): void {
    if (!this.status) return;
    this.status.hidden = what === "";
    this.status.textContent = what === "" ? "" : this.status.dataset[what] ?? "";
  }
}

function partsOf(root: HTMLElement): string[] {
  return [...new Set([...root.querySelectorAll<HTMLElement>("[data-part]")].map(part => part.dataset["part"] ?? ""))];
}

function keep(old: HTMLElement, fresh: HTMLElement): void {
  for (const field of old.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea[id], input[type=text][id]")) {
    const next = fresh.querySelector<HTMLTextAreaElement | HTMLInputElement>(`#${CSS.escape(field.id)}`);
    if (next && field.value) next.value = field.value;
  }
  for (const key of old.querySelectorAll<HTMLInputElement>("form:has(textarea) [data-key]")) {
    const next = fresh.querySelector<HTMLInputElement>("[data-key]");
    if (next) next.value = key.value; // the same words are the same update, however often the part was read again
  }
  for (const fold of old.querySelectorAll<HTMLDetailsElement>("details[data-keep]")) {
    const next = fresh.querySelector<HTMLDetailsElement>(`#${CSS.escape(fold.id)}`);
    if (next) next.open = fold.open;
  }
}

/** What was sent is not sent again: the fields are empty, and the next has a name of its own. */
function empty(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])")) field.value = "";
  for (const key of form.querySelectorAll<HTMLInputElement>("[data-key]")) key.value = crypto.randomUUID();
}

const root = document.querySelector<HTMLElement>("[data-room]");
if (root) new Room(root, document.querySelector(".connection")).start();
