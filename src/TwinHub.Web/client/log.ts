// The list of messages as the page shows it. Everything that changes it comes through here.

import { ArticleMaker } from "./article";
import type { ChannelData, Message } from "./contract";
import type { Days } from "./days";
import type { Pending } from "./pending";
import { isMessage, neighbour, relabel, separate } from "./rows";

export class MessageLog {
  private readonly maker: ArticleMaker;
  private readonly nothingYet = document.querySelector("p.empty");
  private outside: Message[] | null = null;

  constructor(readonly root: HTMLElement, template: HTMLTemplateElement, private readonly data: ChannelData, private readonly days: Days) {
    this.maker = new ArticleMaker(template, data, days);
  }

  /** Shows a message in its present state, at its place. Returns its article when it is new on the page. */
  apply(message: Message): HTMLElement | null {
    const known = document.getElementById(`m-${message.messageId}`);
    const pending = message.author.id === this.data.me.id ? this.pendingArticle(message.clientMessageId) : null;
    if (known) return this.renew(known, message, pending);
    if (!pending && (message.deleted || this.isOutside(message))) return null;
    const article = pending ?? this.maker.empty();
    this.maker.show(article, message);
    this.place(article, message.posted);
    this.dayReached(message);
    return article;
  }

  /** Shows what is still to be sent, after everything else. */
  drawPending(message: Pending, withState: boolean): void {
    const known = this.pendingArticle(message.id);
    const article = known ?? this.maker.empty();
    this.maker.showPending(article, message, withState);
    if (known) return;
    this.root.append(article);
    this.settled(article);
  }

  /** How far its files have come, in words. */
  sayPending(clientId: string, words: string): void {
    const state = this.pendingArticle(clientId)?.querySelector(".state:not(.failed) span");
    if (state) state.textContent = words;
  }

  removePending(clientId: string): void {
    const article = this.pendingArticle(clientId);
    if (article) this.takeOut(article);
  }

  /** True when this client id is among the messages the server has confirmed on this page. */
  isConfirmed(clientId: string): boolean {
    const own = this.root.querySelectorAll<HTMLElement>(`.msg[data-posted][data-author="${CSS.escape(this.data.me.id)}"]`);
    return [...own].some(article => article.dataset["client"] === clientId);
  }

  has(messageId: string): boolean {
    return document.getElementById(`m-${messageId}`) !== null;
  }

  /** A restored backup: what the page showed no longer holds. */
  replaceAll(messages: Message[]): void {
    for (const element of [...this.root.children]) {
      if (!element.matches(".earlier, .pending")) element.remove();
    }
    for (const message of [...messages].sort((a, b) => a.posted - b.posted)) this.apply(message);
  }

  /** From now on remembers changes to messages above the page: a page of them is being fetched. */
  expectEarlier(): void {
    this.outside = [];
  }

  /** Puts a fetched page of earlier messages on top; an empty one changes nothing but the link. */
  insertEarlier(page: DocumentFragment): void {
    for (const article of page.querySelectorAll(".msg[id]")) if (document.getElementById(article.id)) article.remove();
    this.root.querySelector(".earlier")?.remove();
    const first = this.oldest;
    this.root.prepend(page);
    if (first) separate(first, this.days);
    for (const message of this.outside ?? []) this.apply(message);
    this.outside = null;
  }

  /** Sets day row and joining of an article and of the one after it. */
  settled(article: HTMLElement): void {
    this.nothingYet?.remove();
    separate(article, this.days);
    const after = neighbour(article, "nextElementSibling");
    if (after) separate(after, this.days);
  }

  private renew(known: HTMLElement, message: Message, pending: HTMLElement | null): null {
    if (pending && pending !== known) this.takeOut(pending);
    if (Number(known.dataset["revision"]) >= message.revision) return null;
    this.maker.show(known, message);
    if (message.deleted && !this.data.texts.deleted) this.takeOut(known);
    return null;
  }

  private place(article: HTMLElement, posted: number): void {
    let before = this.root.lastElementChild; // from the end: that is where nearly all of them belong
    while (before && !(before !== article && isMessage(before) && Number(before.dataset["posted"]) < posted)) before = before.previousElementSibling;
    if (before) before.after(article);
    else this.atTop(article);
    this.settled(article);
  }

  private atTop(article: HTMLElement): void {
    const earlier = this.root.querySelector(".earlier");
    if (earlier) earlier.after(article);
    else this.root.prepend(article);
  }

  private takeOut(article: HTMLElement): void {
    const after = neighbour(article, "nextElementSibling");
    article.remove();
    if (after) separate(after, this.days);
  }

  private get oldest(): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(".msg[data-posted]");
  }

  private pendingArticle(clientId: string): HTMLElement | null {
    return [...this.root.querySelectorAll<HTMLElement>(".msg.pending")].find(article => article.dataset["client"] === clientId) ?? null;
  }

  /** Older than what is loaded: it comes in its present state when its page is fetched. */
  private isOutside(message: Message): boolean {
    const first = this.oldest;
    if (!first || message.posted > Number(first.dataset["posted"]) || !this.root.querySelector(".earlier")) return false;
    this.outside?.push(message);
    return true;
  }

  private dayReached(message: Message): void {
    if (this.days.reach(this.days.dayOf(message.sentAt))) relabel(this.root, this.days);
  }
}
