// Earlier messages: fetched when the reader comes near the top, or asks for them.

import type { MessageLog } from "./log";
import { within } from "./pauses";
import type { Viewport } from "./viewport";

const patience = 20_000;
const nearTop = "400px 0px 0px 0px";

export class Earlier {
  private busy = false;
  private readonly watcher: IntersectionObserver;

  constructor(private readonly log: MessageLog, private readonly viewport: Viewport, private readonly groupSlug: string) {
    this.watcher = new IntersectionObserver(seen => { if (seen.some(entry => entry.isIntersecting)) void this.load(); }, { root: log.root, rootMargin: nearTop });
    log.root.addEventListener("click", event => {
      if (!(event.target instanceof Element) || !event.target.closest(".earlier a")) return;
      event.preventDefault();
      void this.load();
    });
  }

  /** Starts to watch the link at the top, once the page stands at its place. */
  watch(): void {
    this.watcher.disconnect();
    const link = this.log.root.querySelector(".earlier");
    if (link) this.watcher.observe(link);
  }

  private async load(): Promise<void> {
    const place = this.log.root.querySelector(".earlier");
    const before = place?.querySelector<HTMLElement>("[data-earlier]")?.dataset["earlier"];
    if (!place || !before || this.busy) return;
    this.busy = true;
    place.setAttribute("aria-busy", "true");
    try {
      this.log.expectEarlier();
      const page = await this.fetch(before);
      this.viewport.keep(() => this.log.insertEarlier(page));
      this.watch();
    } catch (error) {
      console.info("Earlier messages did not come; the link stays.", error);
      place.removeAttribute("aria-busy");
    } finally {
      this.busy = false;
    }
  }

  private async fetch(before: string): Promise<DocumentFragment> {
    const address = `/groups/${encodeURIComponent(this.groupSlug)}/history?before=${encodeURIComponent(before)}`;
    const response = await within(patience, signal => fetch(address, { redirect: "error", signal }));
    if (!response.ok) throw new Error(`History answered ${response.status}.`);
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    return holder.content;
  }
}
