// Who is writing: told while one writes, shown in the quiet line, forgotten after six seconds.

import type { Texts, TypingChanged } from "./contract";
import { fill } from "./wording";

const tellEvery = 3_000;
const showFor = 6_000;

export class Typing {
  private told = 0;
  private readonly writers = new Map<string, { name: string; timer: number }>();

  constructor(private readonly line: HTMLElement | null, private readonly texts: Texts, private readonly me: string, private readonly tell: () => void) {}

  /** I am writing. */
  wrote(): void {
    if (Date.now() - this.told < tellEvery) return;
    this.told = Date.now();
    this.tell();
  }

  /** My message is sent: the next letter is told at once. */
  sent(): void {
    this.told = 0;
  }

  changed({ person, typing }: TypingChanged): void {
    if (person.id === this.me) return;
    this.forget(person.id);
    if (typing) this.writers.set(person.id, { name: person.name, timer: setTimeout(() => { this.forget(person.id); this.show(); }, showFor) });
    this.show();
  }

  /** Their message has come. */
  done(personId: string): void {
    if (this.forget(personId)) this.show();
  }

  private forget(personId: string): boolean {
    clearTimeout(this.writers.get(personId)?.timer);
    return this.writers.delete(personId);
  }

  private show(): void {
    if (!this.line) return;
    const names = [...this.writers.values()].map(writer => writer.name);
    if (names.length === 0) this.line.replaceChildren();
    else if (names.length === 1) fill(this.line, this.texts.typingOne, { name: names[0] ?? "" });
    else fill(this.line, this.texts.typingMany, { names: names.join(" · "), n: String(names.length) });
  }
}
