// The full size of pictures whose reduced one was sent first. On a good line it follows by itself; where bytes cost money or
// patience it waits for a press.

import type { Attachment, ChannelData } from "./contract";
import { isMetered } from "./link";
import type { Photo } from "./photo";
import { Upload } from "./upload";
import { fileSize, percent } from "./wording";

export class Full {
  private readonly kept = new Map<string, { photo: Photo; name: string }>();

  constructor(private readonly data: ChannelData, private readonly storage: Storage | null) {}

  keep(attachment: Attachment, photo: Photo, name: string): void {
    this.kept.set(attachment.id, { photo, name });
  }

  /** These stand in a message now. */
  posted(ids: string[]): void {
    for (const id of ids) {
      const kept = this.kept.get(id);
      if (!kept) continue;
      if (isMetered()) this.offer(id, kept.photo);
      else void this.send(id);
    }
  }

  private offer(id: string, photo: Photo): void {
    const { texts } = this.data.files;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "do full", textContent: texts.sendFull.replace("{size}", fileSize(photo.full.size, texts)) });
    button.addEventListener("click", () => { void this.send(id); });
    this.place(id, button);
  }

  private async send(id: string): Promise<void> {
    const kept = this.kept.get(id);
    if (!kept) return;
    this.kept.delete(id);
    const { texts } = this.data.files;
    const { photo, name } = kept;
    const words = Object.assign(document.createElement("span"), { className: "m full" });
    words.setAttribute("role", "status");
    this.place(id, words);
    const listener = {
      progress: (sent: number, total: number): void => { words.textContent = texts.sendingFull.replace("{percent}", percent(sent, total, texts)); },
      waiting: (isWaiting: boolean): void => { if (isWaiting) words.textContent = texts.waiting; },
    };
    const upload = new Upload(this.data.groupSlug, photo.full, /\.hei[cf]$/iu.test(name) ? name.replace(/\.\w+$/u, "") + ".jpg" : name, listener, this.storage);
    try {
      await upload.send<Attachment>("attachment", { group: this.data.groupSlug, replaces: id }); // the message changes for everybody
      words.remove();
    } catch (error) {
      console.info("The full size was not taken.", error);
      words.textContent = error instanceof Error ? error.message : "";
    }
  }

  private place(id: string, element: HTMLElement): void {
    const item = document.querySelector(`.att[data-file="${CSS.escape(id)}"]`);
    item?.querySelector(".full")?.remove();
    item?.append(element);
  }
}
