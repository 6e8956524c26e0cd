// Files under a message: the server's own parts, cloned and filled. A picture keeps its box before it comes.

import type { Attachment, ChannelData } from "./contract";
import { fileSize } from "./wording";

const widest = 256;
const highest = 224;

export class AttachmentMaker {
  private readonly prototype: Element | null;

  constructor(template: HTMLTemplateElement, private readonly data: ChannelData) {
    this.prototype = template.content.querySelector(".att");
  }

  /** Puts a message's files under its words, in order; one that looks as before stays, so that no picture is fetched twice. */
  show(article: Element, attachments: Attachment[]): void {
    let list = article.querySelector(".enclosed");
    if (attachments.length === 0) { list?.remove(); return; }
    if (!list) {
      list = Object.assign(document.createElement("ul"), { className: "enclosed" });
      article.querySelector(".text")?.after(list);
    }
    const before = new Map([...list.children].map(item => [item instanceof HTMLElement ? item.dataset["look"] : "", item]));
    list.replaceChildren(...attachments.map(one => before.get(JSON.stringify(one)) ?? this.make(one)));
  }

  private make(one: Attachment): Element {
    const item = this.prototype?.cloneNode(true);
    if (!(item instanceof HTMLElement)) return document.createElement("li");
    const isShown = one.version !== null;
    const isPicture = !isShown && (this.data.files.icons[one.type] ?? "").endsWith("-image");
    const group = `/groups/${encodeURIComponent(this.data.groupSlug)}`;
    const made = one.documentId && `${group}/documents/${one.documentId}`;
    item.className = `att ${isPicture ? "shot" : "leaf"}`;
    item.dataset["file"] = one.id;
    item.dataset["look"] = JSON.stringify(one);
    if (isPicture) this.picture(item, one);
    else this.row(item, one, isShown ? made : `/attachments/${one.id}/content`);
    link(item, ".hand-on", isShown || made ? null : `${group}/attachments/${one.id}/share`);
    link(item, ".made", isShown ? null : made);
    return item;
  }

  private picture(item: Element, one: Attachment): void {
    for (const part of item.querySelectorAll(".sign, .what")) part.remove();
    link(item, ".peek", preview(one, "large"));
    const image = item.querySelector("img");
    if (!image) return;
    [image.width, image.height] = box(one);
    image.alt = one.name;
    image.src = preview(one, "small");
  }

  private row(item: Element, one: Attachment, address: string | null): void {
    const { icons, texts } = this.data.files;
    item.querySelector(".peek")?.remove();
    const use = item.querySelector(".sign use");
    use?.setAttribute("href", `${use.getAttribute("href")?.split("#")[0] ?? ""}#${icons[one.type] ?? icons[""] ?? ""}`);
    const name = item.querySelector(".name bdi");
    if (name) name.textContent = one.name;
    const size = fileSize(one.size, texts);
    const meta = item.querySelector(".meta");
    if (meta) meta.textContent = one.version === null ? size : one.documentId ? `${texts.version.replace("{n}", String(one.version))} · ${size}` : texts.documentGone;
    if (address) item.querySelector(".name")?.setAttribute("href", address);
    else item.querySelector(".name")?.removeAttribute("href");
  }
}

/** Its size stands in the address: the full size that takes the place of a small one is another picture to the browser. */
function preview({ id, size }: Attachment, kind: string): string {
  return `/attachments/${id}/preview/${kind}?${size}`;
}

/** The box of a picture, in pixels; where its size is not known, that of most photos. */
function box({ width, height }: Attachment): [number, number] {
  if (!width || !height) return [widest, widest * 3 / 4];
  const scale = Math.min(1, widest / width, highest / height);
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function link(item: Element, selector: string, address: string | null): void {
  const element = item.querySelector(selector);
  if (address) element?.setAttribute("href", address);
  else element?.remove();
}
