// Tells the server how far was read: when the newest message is in view of someone who looks, at most once a second.

import { attended } from "./attention";

const atMostEvery = 1_000;

export class Reading {
  private timer = 0;

  /** @param read the revision the server already knows as read */
  constructor(private read: number, private readonly position: () => number, private readonly atEnd: () => boolean, private readonly mark: (revision: number) => Promise<void>) {}

  /** To be called whenever something moved: the page, its focus, the log, the connection. */
  look(): void {
    if (this.timer || !this.due) return;
    void this.tell();
    this.timer = setTimeout(() => { this.timer = 0; this.look(); }, atMostEvery);
  }

  /** The same person read further elsewhere. */
  moved(revision: number): void {
    this.read = Math.max(this.read, revision);
  }

  private get due(): boolean {
    return attended() && this.atEnd() && this.position() > this.read;
  }

  private async tell(): Promise<void> {
    const revision = this.position();
    const before = this.read;
    this.read = revision;
    try {
      await this.mark(revision);
    } catch (error) {
      this.read = Math.min(this.read, before);
      console.info("How far was read is told again later.", error);
    }
  }
}
