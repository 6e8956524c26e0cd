// How files come into the writing field: chosen, taken with the camera, dropped, pasted, or shared from the documents. What
// sends them is fetched when the first one is about to come.

import type { Attachment, ChannelData, Message } from "./contract";
import type { Deliverer, Slip, Tray } from "./files";
import { pauseBefore } from "./pauses";
import type { Pending } from "./pending";

export class Attaching {
  private loading: Promise<Tray> | null = null;
  private tray: Tray | null = null;

  constructor(private readonly form: HTMLFormElement, private readonly data: ChannelData, private readonly say: (fault: string) => void) {
    form.classList.add("live");
    for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
      input.addEventListener("click", () => void this.load());
      input.addEventListener("change", () => { this.add(input.files); input.value = ""; });
    }
    form.addEventListener("paste", event => { if (this.add(event.clipboardData?.files)) event.preventDefault(); });
    const place = form.closest<HTMLElement>(".chan") ?? form;
    place.addEventListener("dragover", event => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); place.classList.add("dropping"); } });
    place.addEventListener("dragleave", () => place.classList.remove("dropping"));
    place.addEventListener("drop", event => { place.classList.remove("dropping"); if (this.add(event.dataTransfer?.files)) event.preventDefault(); });
    if (form.querySelector(".slip")) void this.load().then(tray => tray.adopt());
  }

  get hasFiles(): boolean {
    return (this.tray?.count ?? 0) > 0;
  }

  /** Hands over what is in the tray; it is empty afterwards. */
  take(): Slip[] {
    return this.tray?.take() ?? [];
  }

  deliver(message: Pending, slips: Slip[], listener: Deliverer): void {
    void this.load().then(tray => tray.deliver(message, slips, listener));
  }

  /** An own message is there for everybody: the full size of its pictures may follow. */
  posted(message: Message): void {
    this.tray?.followUp(message.attachments.map((one: Attachment) => one.id));
  }

  private add(files: FileList | undefined | null): boolean {
    const chosen = [...files ?? []];
    if (chosen.length > 0 && !this.form.hasAttribute("aria-disabled")) void this.load().then(tray => this.say(tray.add(chosen) ? "" : this.data.files.texts.tooMany));
    return chosen.length > 0;
  }

  private load(): Promise<Tray> {
    return this.loading ??= this.fetch();
  }

  /** On a weak link it may take some tries; what was chosen waits. A browser may remember a failed address: each try has its own. */
  private async fetch(): Promise<Tray> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { Tray: Made } = await import(this.data.files.script + (attempt ? `?${attempt}` : "")) as { Tray: new (form: HTMLFormElement, data: ChannelData) => Tray };
        return this.tray = new Made(this.form, this.data);
      } catch (error) {
        console.info("Files cannot be sent yet.", error);
        await new Promise(resolve => setTimeout(resolve, pauseBefore(attempt)));
      }
    }
  }
}
