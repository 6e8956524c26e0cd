// One file in the tray: its name, how far it has come, and how it is taken out again.

import type { Attachment, ChannelData } from "./contract";
import { icon } from "./icon";
import { isWeak } from "./link";
import { lastingStorage } from "./pending";
import { type Photo, photoOf } from "./photo";
import { Upload, UploadRefused } from "./upload";
import { fileSize, percent } from "./wording";

/** Kilobytes a photo may have that is sent first. */
const wanted = { good: 80, weak: 56 };
const headers = { "Tus-Resumable": "1.0.0" };

export class Slip {
  readonly element = document.createElement("li");
  sent = 0;
  total = 1;
  thumb = "";
  /** The hub's sentence where it will not have the file; empty otherwise. */
  refused = "";
  isWaiting = false;
  /** A picture of which the reduced one was sent. */
  photo: Photo | null = null;
  /** The attachment, once it is made; null where it is refused or taken out. */
  readonly made: Promise<Attachment | null>;
  private settle: (made: Attachment | null) => void = () => undefined;
  private attachment: Attachment | null = null;
  private upload: Upload | null = null;
  private hear: () => void = () => undefined;
  private readonly meta = Object.assign(document.createElement("span"), { className: "m" });

  private constructor(readonly name: string, private readonly data: ChannelData, private readonly make: (slip: Slip) => Promise<Attachment>) {
    this.made = new Promise(resolve => { this.settle = resolve; });
    this.draw();
  }

  static ofFile(file: File, data: ChannelData): Slip {
    const slip = new Slip(file.name, data, one => one.send(file));
    slip.total = file.size;
    return slip;
  }

  static ofDocument(id: string, name: string, data: ChannelData): Slip {
    return new Slip(name, data, async () => await show(data.groupSlug, id));
  }

  static ofAttachment(id: string, name: string, data: ChannelData): Slip {
    return new Slip(name, data, () => Promise.resolve({ id, name, type: "", size: 0, width: null, height: null, documentId: null, version: null }));
  }

  get isUnderWay(): boolean {
    return !this.attachment && !this.refused;
  }

  listen(hear: () => void): void {
    this.hear = hear;
  }

  start(): void {
    this.make(this).then(
      made => { this.attachment = made; this.sent = this.total; this.say(this.data.files.texts.ready); this.settle(made); },
      (error: unknown) => this.fail(error));
  }

  private async send(file: File): Promise<Attachment> {
    this.say(this.data.files.texts.preparing);
    const photo = await photoOf(file, isWeak() ? wanted.weak : wanted.good);
    const reduced = photo?.reduced ?? null;
    const body = reduced ?? file;
    const name = reduced ? file.name.replace(/\.\w+$/u, "") + ".jpg" : file.name;
    [this.thumb, this.total, this.photo] = [photo?.thumb ?? "", body.size, reduced ? photo : null];
    this.draw();
    this.upload = new Upload(this.data.groupSlug, body, name, {
      progress: (sent, total) => { [this.sent, this.total] = [sent, total]; this.tell(); },
      waiting: isWaiting => { this.isWaiting = isWaiting; this.tell(); },
    }, lastingStorage());
    return await this.upload.send<Attachment>("attachment", { group: this.data.groupSlug, reduced: reduced !== null });
  }

  private fail(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") { this.settle(null); return; }
    this.refused = error instanceof Error && error.message ? error.message : String(error);
    if (!(error instanceof UploadRefused)) console.warn("A file was not sent.", error);
    this.element.classList.add("failed");
    this.say(this.refused);
    this.settle(null);
  }

  private tell(): void {
    const { texts } = this.data.files;
    this.say(this.isWaiting ? texts.waiting : `${percent(this.sent, this.total, texts)} · ${fileSize(this.total, texts)}`);
  }

  private say(words: string): void {
    this.meta.textContent = words;
    this.hear();
  }

  private takeOut(): void {
    this.upload?.cancel();
    if (this.attachment) void fetch(`/attachments/${this.attachment.id}`, { method: "DELETE", headers }).catch((error: unknown) => console.info("It will be removed later.", error));
    this.settle(null);
    this.element.dispatchEvent(new Event("remove"));
    this.element.remove();
  }

  private draw(): void {
    this.element.className = "slip";
    const sign = Object.assign(document.createElement("span"), { className: "sign" });
    sign.append(this.thumb ? Object.assign(new Image(), { className: "thumb", src: this.thumb, alt: "" }) : icon("file-earmark"));
    const name = document.createElement("b");
    name.append(Object.assign(document.createElement("bdi"), { textContent: this.name }));
    const what = Object.assign(document.createElement("span"), { className: "what" });
    what.append(name, this.meta);
    const off = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-bare off" });
    off.setAttribute("aria-label", this.data.files.texts.remove.replace("{name}", this.name));
    off.append(icon("x-lg"));
    off.addEventListener("click", () => this.takeOut());
    this.element.replaceChildren(sign, what, off);
  }
}

async function show(group: string, document: string): Promise<Attachment> {
  const answer = await fetch(`/groups/${encodeURIComponent(group)}/attachments`, { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify({ document }) });
  const body = await answer.json() as Attachment & { title?: string };
  if (!answer.ok) throw new UploadRefused(String(answer.status), body.title ?? "");
  return body;
}
