// One message on the page: the server's template, cloned and filled. The same shape serves history, live and pending.

import { AttachmentMaker } from "./attachments";
import type { ChannelData, Message } from "./contract";
import type { Days } from "./days";
import { icon } from "./icon";
import { isComplete, type Pending } from "./pending";
import { plural } from "./wording";

interface Face { id: string; name: string; initials: string; hue: string; organisation: string }

export class ArticleMaker {
  private readonly files: AttachmentMaker;

  constructor(private readonly template: HTMLTemplateElement, private readonly data: ChannelData, private readonly days: Days) {
    this.files = new AttachmentMaker(template, data);
  }

  empty(): HTMLElement {
    const article = this.template.content.querySelector("article")?.cloneNode(true);
    if (!(article instanceof HTMLElement)) throw new Error("The page carries no message template.");
    article.querySelector(".enclosed")?.remove(); // its parts are kept for those that need them
    return article;
  }

  /** Shows a message as the server has it. `html` was rendered and cleaned there. */
  show(article: HTMLElement, message: Message): void {
    this.dress(article, this.faceOf(message), message.sentAt);
    article.id = `m-${message.messageId}`;
    article.dataset["id"] = message.messageId;
    article.dataset["posted"] = String(message.posted);
    article.dataset["revision"] = String(message.revision);
    article.dataset["client"] = message.clientMessageId;
    article.classList.remove("pending", "failed");
    article.classList.toggle("gone", message.deleted);
    article.querySelector(".mark")?.setAttribute("href", `/groups/${encodeURIComponent(this.data.groupSlug)}/messages/${message.messageId}/mark`);
    part(article, ".state").hidden = true;
    if (message.deleted) part(article, ".text").textContent = this.data.texts.deleted ?? "";
    else if (message.html === "") this.say(article, message);
    else part(article, ".text").innerHTML = message.html;
    this.files.show(article, message.attachments);
  }

  /** Nobody wrote anything: documents are said to be shared, files say enough. */
  private say(article: HTMLElement, { attachments }: Message): void {
    const text = part(article, ".text");
    text.replaceChildren();
    if (attachments.length === 0 || attachments.some(file => file.version === null)) return;
    text.append(Object.assign(document.createElement("p"), { className: "shared", textContent: plural(this.data.files.texts.shared, this.data.language, attachments.length) }));
  }

  /** Shows what was written and not yet acknowledged: plain text, its state beneath. Its writer need not hear it read out. */
  showPending(article: HTMLElement, message: Pending, withState: boolean): void {
    const at = new Date(message.at).toISOString();
    this.dress(article, this.data.me, at);
    article.dataset["client"] = message.id;
    article.classList.add("pending");
    article.classList.toggle("failed", message.refused !== "");
    article.setAttribute("aria-live", "off");
    const words = document.createElement("p");
    words.className = "plain";
    words.textContent = message.body;
    part(article, ".text").replaceChildren(words);
    this.showWaiting(article, message);
    this.showState(part(article, ".state"), message, withState);
  }

  private showWaiting(article: HTMLElement, message: Pending): void {
    article.querySelector(".enclosed")?.remove();
    if (message.files.length === 0) return;
    const list = Object.assign(document.createElement("ul"), { className: "enclosed" });
    for (const file of message.files) {
      const item = Object.assign(document.createElement("li"), { className: "att leaf" });
      const name = Object.assign(document.createElement("bdi"), { className: "name", textContent: file.name });
      item.append(file.thumb ? Object.assign(new Image(), { className: "thumb", src: file.thumb, alt: "" }) : icon("file-earmark"), name);
      list.append(item);
    }
    part(article, ".text").after(list);
  }

  private showState(state: HTMLElement, message: Pending, withState: boolean): void {
    const { texts } = this.data;
    const failed = message.refused !== "";
    state.hidden = !failed && !withState;
    state.className = failed ? "state failed" : "state";
    state.setAttribute("role", "status");
    const words = document.createElement("span");
    words.textContent = failed ? `${texts.failed} ${message.refused}` : isComplete(message) ? texts.pending : this.data.files.texts.preparing;
    state.replaceChildren(icon(failed ? "exclamation-circle" : "clock"), words);
    if (failed) state.append(button(texts.tryAgain, "retry"), button(texts.remove, "discard"));
  }

  private dress(article: HTMLElement, face: Face, at: string): void {
    const avatar = part(article, ".av");
    for (const element of [article, avatar]) paint(element, face.hue);
    avatar.textContent = face.initials;
    part(article, ".who").textContent = face.name;
    part(article, ".org").textContent = face.organisation;
    const time = part(article, "header time");
    time.setAttribute("datetime", at);
    time.textContent = this.days.timeOf(at);
    article.dataset["author"] = face.id;
    article.dataset["at"] = at;
  }

  /** Someone no longer (or not yet) among the members looks as in their other messages, or neutral. */
  private faceOf({ author }: Message): Face {
    const member = this.data.members[author.id] ?? (author.id === this.data.me.id ? this.data.me : undefined);
    const organisation = member?.organisation ?? author.organisation ?? "";
    const initials = member?.initials ?? author.name.split(/\s+/).slice(0, 2).map(word => [...word][0] ?? "").join("");
    return { id: author.id, name: author.name, initials, organisation, hue: member?.hue ?? "slate" };
  }
}

export function part(article: Element, selector: string): HTMLElement {
  const element = article.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The message template has no ${selector}.`);
  return element;
}

function paint(element: Element, hue: string): void {
  element.classList.remove(...[...element.classList].filter(name => name.startsWith("o-")));
  element.classList.add(`o-${hue}`);
}

function button(words: string, action: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "link";
  element.dataset["action"] = action;
  element.textContent = words;
  return element;
}
