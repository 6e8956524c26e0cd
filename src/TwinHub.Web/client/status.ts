// The line that says how the connection is. Short breaks are not worth a word.

import type { Texts } from "./contract";

const patience = 1_500;
const joy = 3_000;

export class Status {
  private timer = 0;

  constructor(private readonly line: HTMLElement | null, private readonly texts: Texts) {}

  lost(): void {
    if (this.timer || !this.line?.hidden) return;
    this.timer = setTimeout(() => this.say(this.texts.connecting), patience);
  }

  back(): void {
    this.clear();
    if (!this.line || this.line.hidden) return;
    this.say(this.texts.backOnline);
    this.timer = setTimeout(() => this.hide(), joy);
  }

  evicted(): void {
    this.clear();
    this.say(this.texts.evicted);
  }

  private say(words: string): void {
    this.clear();
    if (!this.line) return;
    this.line.textContent = words;
    this.line.hidden = false;
  }

  private hide(): void {
    this.clear();
    if (this.line) this.line.hidden = true;
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = 0;
  }
}
