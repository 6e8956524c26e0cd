// Files on their way into a message: the tray under the writing field, what becomes of it once the message is sent, and the
// full size of pictures that follows. Fetched when the first file is about to come.

import type { ChannelData } from "./contract";
import { Full } from "./full";
import { lastingStorage, lockOf, type Pending, type PendingFile } from "./pending";
import { Slip } from "./slip";
import { percent } from "./wording";

export type { Slip } from "./slip";

/** Hears what becomes of the files of a message that was sent before they had all arrived. */
export interface Deliverer {
  progress(message: Pending, words: string): void;
  settle(id: string, files: PendingFile[], refused: string): void;
}

export class Tray {
  private readonly list: HTMLElement;
  private readonly full: Full;
  private slips: Slip[] = [];

  constructor(form: HTMLFormElement, private readonly data: ChannelData) {
    const list = form.querySelector<HTMLElement>(".tray");
    if (!list) throw new Error("The composer has no tray.");
    this.list = list;
    this.full = new Full(data, lastingStorage());
    addEventListener("beforeunload", event => { if (this.slips.some(slip => slip.isUnderWay)) event.preventDefault(); });
  }

  get count(): number {
    return this.slips.filter(slip => !slip.refused).length;
  }

  /** Takes files in; false where there is no room for all of them. */
  add(files: File[]): boolean {
    const room = Math.max(0, this.data.files.most - this.slips.length);
    for (const file of files.slice(0, room)) this.put(Slip.ofFile(file, this.data));
    return files.length <= room;
  }

  /** Takes over what the server put into the form. */
  adopt(): void {
    for (const element of [...this.list.querySelectorAll<HTMLElement>(".slip")]) {
      element.remove();
      const name = element.querySelector("bdi")?.textContent ?? "";
      const { document: shown, attachment } = element.dataset;
      if (shown) this.put(Slip.ofDocument(shown, name, this.data));
      else if (attachment) this.put(Slip.ofAttachment(attachment, name, this.data));
    }
    // Loading the page again shall not put it there again.
    history.replaceState(history.state, "", location.pathname + location.hash);
  }

  /** Hands over what may be sent; what was refused stays, with its reason. */
  take(): Slip[] {
    const taken = this.slips.filter(slip => !slip.refused);
    this.slips = this.slips.filter(slip => slip.refused);
    for (const slip of taken) slip.element.remove();
    return taken;
  }

  /** Waits for the files of a message. Other tabs see by the lock that somebody does. */
  async deliver(message: Pending, slips: Slip[], listener: Deliverer): Promise<void> {
    const leave = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", leave);
    const work = async (): Promise<void> => {
      for (const slip of slips) slip.listen(() => listener.progress(message, progressOf(slips, this.data)));
      const made = await Promise.all(slips.map(slip => slip.made));
      for (const [i, slip] of slips.entries()) if (made[i] && slip.photo) this.full.keep(made[i], slip.photo, slip.name);
      const files = slips.map((slip, i) => ({ name: slip.name, thumb: slip.thumb, id: made[i]?.id ?? null }));
      listener.settle(message.id, files, slips.map(slip => slip.refused).find(Boolean) ?? "");
    };
    try {
      await (navigator.locks ? navigator.locks.request(lockOf(message.id), work) : work());
    } finally {
      removeEventListener("beforeunload", leave);
    }
  }

  followUp(ids: string[]): void {
    this.full.posted(ids);
  }

  private put(slip: Slip): void {
    this.slips.push(slip);
    this.list.append(slip.element);
    slip.element.addEventListener("remove", () => { this.slips = this.slips.filter(one => one !== slip); });
    slip.start();
  }
}

function progressOf(slips: Slip[], { files: { texts } }: ChannelData): string {
  const [sent, total] = slips.reduce(([a, b], slip) => [a + slip.sent, b + slip.total], [0, 0]);
  return slips.some(slip => slip.isWaiting) ? texts.waiting : texts.sending.replace("{percent}", percent(sent, total, texts));
}
