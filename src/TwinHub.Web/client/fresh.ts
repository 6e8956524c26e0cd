// "New since you left": a line before the first message that came while the reader was away. It stays until they leave again.

import type { ChannelData } from "./contract";
import { attended } from "./attention";
import { plural } from "./wording";

export class FreshLine {
  private away = false;
  private count = 0;

  constructor(private readonly log: HTMLElement, private readonly data: ChannelData) {}

  get line(): HTMLElement | null {
    return this.log.querySelector<HTMLElement>(".fresh");
  }

  /** A message by someone else has come. Returns whether a line was put before it. */
  arrived(article: HTMLElement): boolean {
    if (attended()) {
      this.away = false;
      return false;
    }
    const first = !this.away;
    if (first) this.begin(article);
    this.count++;
    if (this.line) this.line.textContent = plural(this.data.texts.newSince, this.data.language, this.count);
    return first;
  }

  /** The reader is back: the next absence begins a new line. */
  back(): void {
    this.away = false;
  }

  private begin(article: HTMLElement): void {
    this.line?.remove();
    this.away = true;
    this.count = 0;
    const line = document.createElement("div");
    line.className = "fresh";
    article.before(line);
  }
}
