// Messages written but not yet acknowledged, kept in the browser. One key a message, so that two tabs never
// overwrite each other's list; the person's id is in the key, so that nobody else's messages are ever read.

/** A file of a pending message; without an id it is still on its way. `thumb`: a tiny picture as a data address, or empty. */
export interface PendingFile { name: string; thumb: string; id: string | null }

/** What a person wrote and the server has not confirmed. `at`: milliseconds, for the order. */
export interface Pending {
  id: string;
  body: string;
  at: number;
  /** The server's sentence when it refused for good; empty while it is still to be sent. */
  refused: string;
  files: PendingFile[];
}

/** True when all files have arrived: it can be sent. */
export function isComplete(message: Pending): boolean {
  return message.files.every(file => file.id !== null);
}

/** The pending messages and the draft of one person in one channel. */
export class PendingStore {
  private readonly prefix: string;
  private readonly draftKey: string;
  private readonly memory = new Map<string, Pending>();

  constructor(private readonly storage: Storage | null, personId: string, channelId: string) {
    this.prefix = `twinhub.pending.${personId}.${channelId}.`;
    this.draftKey = `twinhub.draft.${personId}.${channelId}`;
  }

  /** All of them, oldest first. */
  all(): Pending[] {
    const found = new Map(this.memory);
    for (let i = 0; i < (this.storage?.length ?? 0); i++) {
      const key = this.storage?.key(i);
      if (key?.startsWith(this.prefix)) this.collect(key, found);
    }
    return [...found.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  get(id: string): Pending | null {
    return this.memory.get(id) ?? parse(this.storage?.getItem(this.prefix + id) ?? null);
  }

  /** Keeps a message; where the browser has no room it lives in this tab only. */
  put(message: Pending): void {
    if (this.write(this.prefix + message.id, JSON.stringify(message))) this.memory.delete(message.id);
    else this.memory.set(message.id, message);
  }

  remove(id: string): void {
    this.memory.delete(id);
    this.storage?.removeItem(this.prefix + id);
  }

  /** True when closing the tab now would lose a message. */
  get unsafe(): boolean {
    return this.memory.size > 0;
  }

  get draft(): string {
    return this.storage?.getItem(this.draftKey) ?? "";
  }

  set draft(text: string) {
    if (text) this.write(this.draftKey, text);
    else this.storage?.removeItem(this.draftKey);
  }

  /** Calls back when another tab of the same person added, changed or removed one. */
  watch(changed: (id: string) => void): void {
    addEventListener("storage", event => {
      if (event.storageArea === this.storage && event.key?.startsWith(this.prefix)) changed(event.key.slice(this.prefix.length));
    });
  }

  private collect(key: string, found: Map<string, Pending>): void {
    const message = parse(this.storage?.getItem(key) ?? null);
    if (message) found.set(message.id, message);
  }

  private write(key: string, value: string): boolean {
    try {
      this.storage?.setItem(key, value);
      return this.storage !== null;
    } catch (error) {
      console.warn("The browser keeps no more for this page.", error); // full, or forbidden: the caller falls back
      return false;
    }
  }
}

/** The browser's lasting storage; null where it is forbidden. */
export function lastingStorage(): Storage | null {
  try {
    return localStorage;
  } catch (error) {
    console.warn("The browser keeps nothing for this page.", error);
    return null;
  }
}

function parse(text: string | null): Pending | null {
  if (!text) return null;
  const value = JSON.parse(text) as Partial<Pending>;
  return typeof value.id === "string" && typeof value.body === "string"
    ? { id: value.id, body: value.body, at: value.at ?? 0, refused: value.refused ?? "", files: value.files ?? [] }
    : null;
}

/** A UUID, also where the page is not served securely and `randomUUID` is missing. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return Array.from(bytes, (byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

/** The lock a tab holds while it sends the files of a message. */
export function lockOf(messageId: string): string {
  return `twinhub.files.${messageId}`;
}
