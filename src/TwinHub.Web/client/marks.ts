// What messages are marked as: lesson learned, good practice, decision. Marks take no number in the channel, so a hint
// says that some have changed, and what they are now is fetched for the messages on the page.

import type { ChannelData } from "./contract";
import { icon } from "./icon";
import { within } from "./pauses";

const patience = 10_000;

/** Kinds by message. */
type Present = Record<string, string[]>;

export class Marks {
  private busy = false;
  private again = false;

  constructor(private readonly log: HTMLElement, private readonly data: ChannelData, private readonly shown: () => void) {}

  /** Shows the present marks. A change that is told while they are on their way is fetched after them. */
  async renew(): Promise<void> {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    while (this.again) {
      this.again = false;
      await this.fetch();
    }
    this.busy = false;
  }

  private async fetch(): Promise<void> {
    const from = Number(this.log.querySelector<HTMLElement>(".msg[data-posted]")?.dataset["posted"] ?? 0);
    try {
      const address = `/groups/${encodeURIComponent(this.data.groupSlug)}/marks?from=${from}`;
      const response = await within(patience, signal => fetch(address, { cache: "no-store", redirect: "error", signal }));
      if (response.ok) this.show(await response.json() as Present, from);
    } catch (error) {
      console.info("The marks did not come; those on the page stay.", error);
    }
  }

  private show(present: Present, from: number): void {
    for (const article of this.log.querySelectorAll<HTMLElement>(".msg[data-posted]")) {
      if (Number(article.dataset["posted"]) >= from) this.set(article, present[article.dataset["id"] ?? ""] ?? []);
    }
    this.shown();
  }

  private set(article: HTMLElement, kinds: string[]): void {
    const place = article.querySelector(".marks");
    const shown = [...place?.querySelectorAll<HTMLElement>("[data-kind]") ?? []].map(chip => chip.dataset["kind"]);
    if (!place || shown.join() === kinds.join()) return;
    place.replaceChildren(...kinds.map(kind => this.chip(kind)));
  }

  private chip(kind: string): HTMLElement {
    const { words, icon: name } = this.data.texts.marks[kind] ?? { words: kind, icon: "lightbulb" };
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset["kind"] = kind;
    chip.append(icon(name), words);
    return chip;
  }
}
