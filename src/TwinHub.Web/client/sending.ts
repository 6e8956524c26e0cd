// Files on their way: chosen, dropped, pasted or taken with the camera, a row each, three at a time.

import { type FileRow, fileRow, type SendingTexts } from "./filerow";
import { Upload, UploadRefused } from "./upload";

const atOnce = 3;

/** Where files go and what each becomes at its end. */
export interface Destination { groupSlug: string; become: string; body: object; texts: SendingTexts }

interface Waiting { file: File; row: FileRow; upload: Upload | null; state: "queued" | "sending" | "failed" | "done" }

export class Sending {
  private readonly files: Waiting[] = [];
  private readonly list: HTMLElement;
  private readonly said: HTMLElement | null;
  private readonly isSingle: boolean;

  /** @param arrived Called when nothing is on its way any more and something has come. */
  constructor(private readonly root: HTMLElement, form: HTMLFormElement, private readonly to: Destination, private readonly arrived: () => void) {
    const area = form.closest<HTMLElement>("[data-drop]") ?? form;
    this.list = area.querySelector<HTMLElement>("[data-sending]") ?? area;
    this.said = area.querySelector("[data-said]");
    const chooser = form.querySelector<HTMLInputElement>("input[type=file][name=file]");
    const camera = form.querySelector<HTMLInputElement>("[data-photo]");
    this.isSingle = !chooser?.multiple;
    this.openBy(form, "[data-choose]", chooser);
    this.openBy(form, "[data-camera]", camera);
    for (const part of form.querySelectorAll<HTMLElement>(".live")) part.hidden = false;
    for (const part of form.querySelectorAll<HTMLElement>(".plain")) part.hidden = true;
    form.addEventListener("submit", event => event.preventDefault());
    this.takeDrops(area);
    document.addEventListener("paste", event => this.take(event.clipboardData?.files ?? null, () => event.preventDefault()));
    addEventListener("beforeunload", event => { if (this.isBusy) event.preventDefault(); });
  }

  private get isBusy(): boolean {
    return this.files.some(one => one.state === "queued" || one.state === "sending");
  }

  private openBy(form: HTMLFormElement, button: string, input: HTMLInputElement | null): void {
    form.querySelector(button)?.addEventListener("click", () => input?.click());
    input?.addEventListener("change", () => {
      this.take(input.files);
      input.value = "";
    });
  }

  /** The whole page takes what is dropped: nobody loses a file because they missed a box. */
  private takeDrops(area: HTMLElement): void {
    let depth = 0;
    const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const mark = (): void => { area.classList.toggle("over", depth > 0); };
    this.root.addEventListener("dragenter", event => { if (carries(event)) { depth++; mark(); } });
    this.root.addEventListener("dragleave", event => { if (carries(event)) { depth--; mark(); } });
    this.root.addEventListener("dragover", event => { if (carries(event)) event.preventDefault(); });
    this.root.addEventListener("drop", event => {
      depth = 0;
      mark();
      this.take(event.dataTransfer?.files ?? null, () => event.preventDefault());
    });
  }

  private take(files: FileList | null, taken: () => void = () => undefined): void {
    if (!files || files.length === 0) return;
    taken();
    for (const file of this.isSingle ? [...files].slice(0, 1) : files) this.add(file);
    this.next();
  }

  private add(file: File): void {
    const row = fileRow(file.name, this.to.texts, () => this.cancel(one), () => this.again(one));
    const one: Waiting = { file, row, upload: null, state: "queued" };
    this.files.push(one);
    this.list.append(row.element);
    row.say("queued");
  }

  private again(one: Waiting): void {
    one.state = "queued";
    one.row.say("queued");
    this.next();
  }

  private cancel(one: Waiting): void {
    one.upload?.cancel();
    this.drop(one);
    this.next();
  }

  private drop(one: Waiting): void {
    this.files.splice(this.files.indexOf(one), 1);
    one.row.element.remove();
  }

  private next(): void {
    const free = atOnce - this.files.filter(one => one.state === "sending").length;
    for (const one of this.files.filter(file => file.state === "queued").slice(0, free)) void this.send(one);
    if (!this.isBusy) this.settle();
  }

  private async send(one: Waiting): Promise<void> {
    one.state = "sending";
    one.upload = new Upload(this.to.groupSlug, one.file, one.file.name, one.row, memory());
    try {
      await one.upload.send(this.to.become, this.to.body);
      one.state = "done";
      one.row.say("done");
    } catch (error) {
      if (!this.files.includes(one)) return; // cancelled
      one.state = "failed";
      one.row.fail(error instanceof UploadRefused ? error.message : "");
      if (!(error instanceof UploadRefused)) console.info("The file could not be sent.", error);
    }
    this.next();
  }

  /** Nothing is on its way: what has come is in the list now, and its rows go. */
  private settle(): void {
    const done = this.files.filter(one => one.state === "done");
    if (done.length === 0) return;
    if (this.said) this.said.textContent = `${done.map(one => one.file.name).join(", ")}: ${this.to.texts.done}`;
    for (const one of done) this.drop(one);
    this.arrived();
  }
}

/** What was begun is remembered where the browser lets us. */
function memory(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
