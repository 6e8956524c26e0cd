// One message on the page: the server's template, cloned and filled. The same shape serves history, live and pending.

import type { ChannelData, Message } from "./contract";
import type { Days } from "./days";
import { icon } from "./icon";
import type { Pending } from "./pending";

interface Face { id: string; name: string; initials: string; hue: string; organisation: string }

export class ArticleMaker {
  constructor(private readonly template: HTMLTemplateElement, private readonly data: ChannelData, private readonly days: Days) {}

  empty(): HTMLElement {
    const article = this.template.content.querySelector("article")?.cloneNode(true);
    if (!(article instanceof HTMLElement)) throw new Error("The page carries no message template.");
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
    else part(article, ".text").innerHTML = message.html;
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
    this.showState(part(article, ".state"), message, withState);
  }

  private showState(state: HTMLElement, message: Pending, withState: boolean): void {
    const { texts } = this.data;
    const failed = message.refused !== "";
    state.hidden = !failed && !withState;
    state.className = failed ? "state failed" : "state";
    state.setAttribute("role", "status");
    const words = document.createElement("span");
    words.textContent = failed ? `${texts.failed} ${message.refused}` : texts.pending;
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
