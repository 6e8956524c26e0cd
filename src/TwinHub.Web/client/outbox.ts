// Sends pending messages: one at a time, in the order written, until each is acknowledged or refused for good.

import type { PostReceipt } from "./contract";
import { Pause, pauseBefore } from "./pauses";
import { isComplete, newId, type Pending, type PendingFile, type PendingStore } from "./pending";
import { isForGood, refusalOf } from "./refusal";

const lockWithin = 20_000;

export interface OutboxListener {
  /** Sends one message to the server. */
  post(message: Pending): Promise<PostReceipt>;
  /** True while sending may be tried: connected, caught up, and still the same person. */
  ready(): Promise<boolean>;
  /** Draw it as pending or failed. */
  changed(message: Pending): void;
  acknowledged(message: Pending, receipt: PostReceipt): void;
  /** Gone without our doing: another tab sent or deleted it. */
  vanished(id: string): void;
}

export class Outbox {
  private busy = false;
  private again = false;
  private readonly pause = new Pause();

  constructor(private readonly store: PendingStore, private readonly listener: OutboxListener, private readonly lockName: string) {
    store.watch(id => this.otherTab(id));
  }

  add(body: string, files: PendingFile[]): Pending {
    const message: Pending = { id: newId(), body, at: Date.now(), refused: "", files };
    this.store.put(message);
    this.listener.changed(message);
    void this.send();
    return message;
  }

  /** Its files have arrived, or will not: then it stays here with the reason. */
  settle(id: string, files: PendingFile[], refused: string): void {
    const message = this.store.get(id);
    if (!message) return;
    Object.assign(message, { files, refused });
    this.store.put(message);
    this.listener.changed(message);
    void this.send();
  }

  tryAgain(id: string): void {
    const message = this.store.get(id);
    if (!message) return;
    message.refused = "";
    message.files = message.files.filter(file => file.id !== null); // what never arrived cannot be sent from here
    this.store.put(message);
    this.listener.changed(message);
    void this.send();
  }

  remove(id: string): void {
    this.store.remove(id);
  }

  /** Sends what waits; when that is under way already, it goes on without a pause. */
  async send(): Promise<void> {
    this.again = true;
    this.pause.cut();
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.again) {
        this.again = false;
        await this.drain();
      }
    } finally {
      this.busy = false;
    }
  }

  private async drain(): Promise<void> {
    for (let failures = 0; this.next() && await this.listener.ready();) {
      const sent = await this.alone(() => this.sendFirst());
      failures = sent ? 0 : failures + 1;
      if (!sent) await this.pause.wait(pauseBefore(failures + 1));
    }
  }

  private next(): Pending | undefined {
    return this.store.all().find(message => !message.refused && isComplete(message));
  }

  /** Looks again under the lock: another tab may have sent it meanwhile. Returns false when it must be tried again later. */
  private async sendFirst(): Promise<boolean> {
    const message = this.next();
    if (!message) return true;
    try {
      const receipt = await this.listener.post(message);
      this.store.remove(message.id);
      this.listener.acknowledged(message, receipt);
      return true;
    } catch (error) {
      return this.refuse(message.id, error);
    }
  }

  private refuse(id: string, error: unknown): boolean {
    const refusal = refusalOf(error);
    const message = this.store.get(id);
    if (!isForGood(refusal) || !message) return message === null;
    message.refused = refusal.sentence || refusal.code;
    this.store.put(message);
    this.listener.changed(message);
    return true;
  }

  /** Only one tab sends. A tab the system put to sleep may hold the lock: then send anyway, the server drops repeats. */
  private async alone(work: () => Promise<boolean>): Promise<boolean> {
    if (!navigator.locks) return work();
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), lockWithin);
    try {
      return await navigator.locks.request(this.lockName, { signal: waiting.signal }, work);
    } catch (error) {
      if (waiting.signal.aborted) return work();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private otherTab(id: string): void {
    const message = this.store.get(id);
    if (message) this.listener.changed(message);
    else this.listener.vanished(id);
  }
}
