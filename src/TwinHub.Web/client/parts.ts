// The parts of a page that others may have changed (`data-part`, each with an id), taken over from the page as it is now.

import { within } from "./pauses";

const patience = 10_000;

export class Parts {
  constructor(private readonly root: HTMLElement) {}

  /** Reads the page again. False: it could not be had now, and what stands there stays. */
  read(): Promise<boolean> {
    return this.take(location.pathname + location.search);
  }

  /** Sends a form without leaving the page, and takes over what it led to. */
  send(form: HTMLFormElement): Promise<boolean> {
    return this.take(form.action, { method: "POST", body: new FormData(form) });
  }

  private async take(address: string, init: RequestInit = {}): Promise<boolean> {
    try {
      const response = await within(patience, signal => fetch(address, { cache: "no-store", ...init, signal }));
      if (response.redirected && new URL(response.url).pathname !== location.pathname) {
        location.assign(response.url); // moved to the bin, or signed out
        return false;
      }
      if (response.status === 404) location.reload();
      if (!response.ok) return false;
      this.show(new DOMParser().parseFromString(await response.text(), "text/html"));
      return true;
    } catch (error) {
      console.info("The page cannot be fetched now.", error);
      return false;
    }
  }

  /** What is chosen, what is unfolded and where the focus is stay. */
  private show(page: Document): void {
    for (const old of [...this.root.querySelectorAll<HTMLElement>("[data-part]"), ...document.querySelectorAll<HTMLElement>("nav.tabs")]) {
      const fresh = old.id ? page.getElementById(old.id) : page.querySelector("nav.tabs");
      if (!fresh || old.innerHTML === fresh.innerHTML) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined;
      for (const box of old.querySelectorAll<HTMLInputElement>("input:checked")) {
        const next = fresh.querySelector<HTMLInputElement>(`#${CSS.escape(box.id)}`);
        if (next) next.checked = true;
      }
      old.replaceChildren(...document.adoptNode(fresh).childNodes);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }
}
