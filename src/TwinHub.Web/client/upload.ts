// One file on its way to the hub: the core of the tus protocol. It is sent in pieces, each with the offset at which it belongs;
// after a cut the hub is asked how far it has come. What was begun is remembered in the browser, so that the same file chosen
// again after a reload goes on where it was.

import { Pause, pauseBefore } from "./pauses";

const tus = { "Tus-Resumable": "1.0.0" };
const smallest = 64 * 1024;
const largest = 4 * 1024 * 1024;
const first = 256 * 1024;
/** A piece shall take about this long (ms): long enough to be worth its request, short enough to be worth sending again. */
const wanted = 3_000;
const gone = -1;
/** Without any progress for so long the line is taken for dead. */
const silence = 20_000;

export interface UploadListener {
  /** Bytes that have left, of all. */
  progress(sent: number, total: number): void;
  /** The line is down (true): it goes on by itself. */
  waiting(isWaiting: boolean): void;
}

/** The hub will not have it: a sentence in the reader's language. */
export class UploadRefused extends Error {
  constructor(readonly code: string, sentence: string) {
    super(sentence);
  }
}

interface Reply { status: number; offset: number | null; location: string | null; text: string }

export class Upload {
  private address: string | null = null;
  private piece = first;
  private cancelled = false;
  private request: XMLHttpRequest | null = null;
  private readonly pause = new Pause();
  private readonly key: string;

  constructor(private readonly groupSlug: string, private readonly file: Blob, private readonly name: string, private readonly listener: UploadListener, private readonly storage: Storage | null) {
    this.key = `twinhub.upload.${groupSlug}.${name}.${file.size}.${file instanceof File ? file.lastModified : 0}`;
    addEventListener("online", () => this.pause.cut());
  }

  /** Sends the file, however often the line is cut, and makes something of it: `document`, `version` or `attachment`. */
  async send<T>(become: string, body: object): Promise<T> {
    await this.transfer();
    const reply = await this.persist("POST", () => `${this.address}/${become}`, { ...tus, "Content-Type": "application/json" }, JSON.stringify(body));
    this.storage?.removeItem(this.key);
    return JSON.parse(reply.text) as T;
  }

  cancel(): void {
    this.cancelled = true;
    this.request?.abort();
    this.pause.cut();
    this.storage?.removeItem(this.key);
    if (this.address) void fetch(this.address, { method: "DELETE", headers: tus }).catch((error: unknown) => console.info("The upload will be removed later.", error));
  }

  private async transfer(): Promise<void> {
    this.address = this.storage?.getItem(this.key) ?? null;
    let offset = this.address ? await this.found() ?? 0 : await this.begin();
    for (let attempt = 0; offset < this.file.size;) {
      const before: number = offset;
      // What the hub no longer knows is begun anew.
      offset = before === gone ? await this.begin() : await this.sendPiece(before);
      attempt = offset > before ? 0 : attempt + 1;
      if (attempt > 0) await this.rest(attempt);
    }
    this.listener.progress(this.file.size, this.file.size);
  }

  private async begin(): Promise<number> {
    const reply = await this.persist("POST", () => `/groups/${encodeURIComponent(this.groupSlug)}/uploads`, { ...tus, "Upload-Length": String(this.file.size), "Upload-Metadata": `filename ${base64(this.name)}` }, null);
    this.address = reply.location ?? "";
    this.remember();
    return 0;
  }

  /** Sends one piece; whatever happens, the answer is where the hub stands now. */
  private async sendPiece(offset: number): Promise<number> {
    const begun = performance.now();
    const end = Math.min(this.file.size, offset + this.piece);
    const reply = await this.ask("PATCH", this.address ?? "", { ...tus, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) }, this.file.slice(offset, end), offset);
    if (reply?.status === 204 && reply.offset !== null) {
      this.listener.waiting(false);
      this.pace(performance.now() - begun);
      return reply.offset;
    }
    if (reply && ![404, 409].includes(reply.status) && (reply.status < 500 || reply.status === 503)) throw refused(reply);
    this.piece = Math.max(smallest, this.piece / 2);
    this.listener.waiting(true);
    return await this.found() ?? offset;
  }

  /** How far the hub has come; `gone` when it does not know the upload (any more); null: no answer. */
  private async found(): Promise<number | null> {
    const reply = await this.ask("HEAD", this.address ?? "", tus, null);
    return reply?.status === 200 ? reply.offset : reply?.status === 404 ? gone : null;
  }

  private pace(took: number): void {
    const factor = Math.min(2, Math.max(0.5, wanted / Math.max(1, took)));
    this.piece = Math.round(Math.min(largest, Math.max(smallest, this.piece * factor)));
  }

  /** Asks until there is an answer; a refusal ends it. */
  private async persist(method: string, address: () => string, headers: Record<string, string>, body: string | null): Promise<Reply> {
    for (let attempt = 0; ; attempt++) {
      const reply = await this.ask(method, address(), headers, body);
      if (reply && reply.status >= 200 && reply.status < 300) {
        this.listener.waiting(false);
        return reply;
      }
      if (reply && reply.status < 500) throw refused(reply);
      if (reply?.status === 503 && attempt > 3) throw refused(reply);
      this.listener.waiting(true);
      await this.rest(attempt);
    }
  }

  private async rest(attempt: number): Promise<void> {
    await this.pause.wait(pauseBefore(attempt));
    if (this.cancelled) throw new DOMException("Cancelled", "AbortError");
  }

  /** One request; null: no answer came. (Only XMLHttpRequest tells how much has left.) */
  private ask(method: string, address: string, headers: Record<string, string>, body: Blob | string | null, offset = 0): Promise<Reply | null> {
    return new Promise((resolve, reject) => {
      if (this.cancelled) { reject(new DOMException("Cancelled", "AbortError")); return; }
      const request = new XMLHttpRequest();
      this.request = request;
      let timer = setTimeout(() => request.abort(), silence);
      const heard = (): void => { clearTimeout(timer); timer = setTimeout(() => request.abort(), silence); };
      const end = (reply: Reply | null): void => {
        clearTimeout(timer);
        if (this.cancelled) reject(new DOMException("Cancelled", "AbortError"));
        else resolve(reply);
      };
      request.upload.addEventListener("progress", event => { heard(); if (body instanceof Blob) this.listener.progress(offset + event.loaded, this.file.size); });
      request.addEventListener("load", () => end({ status: request.status, offset: number(request.getResponseHeader("Upload-Offset")), location: request.getResponseHeader("Location"), text: request.responseText }));
      request.addEventListener("error", () => end(null));
      request.addEventListener("abort", () => end(null));
      request.open(method, address);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.send(body);
    });
  }

  private remember(): void {
    try {
      this.storage?.setItem(this.key, this.address ?? "");
    } catch (error) {
      console.info("The upload cannot be taken up after a reload.", error);
    }
  }
}

function refused(reply: Reply): UploadRefused {
  try {
    const problem = JSON.parse(reply.text) as { code?: string; title?: string };
    return new UploadRefused(problem.code ?? "", problem.title ?? "");
  } catch {
    return new UploadRefused(String(reply.status), "");
  }
}

function number(text: string | null): number | null {
  return text === null || text === "" ? null : Number(text);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
