// The discussion page. Without this script it reads and posts as plain pages; with it, it is live.

import { onReturn } from "./attention";
import { Composer } from "./composer";
import { type ChannelData, channelData, type GroupChanged, type Message, type PostReceipt, type PresenceChanged, type ReadMoved, type TypingChanged } from "./contract";
import { Days } from "./days";
import { Earlier } from "./earlier";
import type { Slip } from "./files";
import { FreshLine } from "./fresh";
import { MessageLog } from "./log";
import { Marks } from "./marks";
import { Outbox } from "./outbox";
import { pauseBefore } from "./pauses";
import { isComplete, lastingStorage, lockOf, type Pending, type PendingFile, PendingStore } from "./pending";
import { showPresence, showUnread } from "./presence";
import { Reading } from "./reading";
import { refresh } from "./refresh";
import { Session } from "./session";
import { Status } from "./status";
import { Typing } from "./typing";
import { Viewport } from "./viewport";

const quickAnswer = 500;
const longAway = 30_000;
const spread = 5_000;

class Channel {
  private readonly session: Session;
  private readonly store: PendingStore;
  private readonly outbox: Outbox;
  private readonly log: MessageLog;
  private readonly marks: Marks;
  private readonly viewport: Viewport;
  private readonly fresh: FreshLine;
  private readonly reading: Reading;
  private readonly typing: Typing;
  private readonly status: Status;
  private readonly composer: Composer | null;
  private downSince: number | null = null;
  /** The cookie may have changed hands while the connection was down: nothing is sent before that is known. */
  private samePerson = !restoredFromHistory();

  constructor(private readonly data: ChannelData, root: HTMLElement, template: HTMLTemplateElement) {
    const { me, channelId, texts } = data;
    this.store = new PendingStore(lastingStorage(), me.id, channelId);
    this.log = new MessageLog(root, template, data, new Days(data.timeZone, texts, data.today));
    this.marks = new Marks(root, data, () => this.viewport.grown(0));
    this.session = new Session(data, this);
    this.reading = new Reading(data.readRevision, () => this.session.position, () => this.viewport.following && this.session.up,
      revision => this.session.live.invoke("MarkRead", channelId, revision));
    this.viewport = new Viewport(root, document.querySelector(".jump"), texts.jump, () => this.reading.look());
    this.fresh = new FreshLine(root, data);
    this.typing = new Typing(document.querySelector(".quietline"), texts, me.id, () => this.tellTyping());
    this.status = new Status(document.querySelector(".connection"), texts);
    this.outbox = new Outbox(this.store, this, `twinhub.send.${me.id}.${channelId}`);
    const form = document.querySelector<HTMLFormElement>("form[data-compose]");
    this.composer = form ? new Composer(form, data, this.store, this) : null;
  }

  start(): void {
    for (const message of this.store.all()) {
      if (this.log.isConfirmed(message.id)) this.store.remove(message.id);
      else this.drawKept(message);
    }
    this.viewport.open(document.querySelector(".msg:target") ?? this.fresh.line);
    new Earlier(this.log, this.viewport, this.data.groupSlug).watch();
    this.listen();
    void this.session.live.run();
  }

  // What the session tells

  apply(messages: Message[]): void {
    let byOthers = 0;
    for (const message of messages) {
      const own = message.author.id === this.data.me.id;
      if (own) this.store.remove(message.clientMessageId);
      const article = this.log.apply(message);
      if (own) this.composer?.attaching.posted(message);
      this.typing.done(message.author.id);
      if (!article || own) continue;
      byOthers++;
      if (this.fresh.arrived(article)) this.log.settled(article);
    }
    this.viewport.grown(byOthers);
    this.reading.look();
  }

  reset(messages: Message[]): void {
    this.log.replaceAll(messages);
    this.viewport.toEnd();
  }

  joining(): void {
    this.log.root.setAttribute("aria-busy", "true");
  }

  joined(): void {
    this.log.root.removeAttribute("aria-busy");
    this.log.root.dataset["live"] = "true";
    this.status.back();
    if (this.downSince !== null && Date.now() - this.downSince > longAway) this.refreshSoon();
    this.downSince = null;
    this.reading.look();
    void this.outbox.send();
  }

  watching(): void {
    void this.marks.renew();
  }

  lost(attempt: number): void {
    if (this.downSince === null) {
      this.downSince = Date.now();
      for (const message of this.store.all()) this.log.drawPending(message, true);
    }
    this.samePerson = false;
    delete this.log.root.dataset["live"];
    this.status.lost();
    if (attempt % 10 === 3 && navigator.onLine) void refresh(this.data); // signed out looks the same as a broken line
  }

  shutOut(): void {
    delete this.log.root.dataset["live"];
    this.status.evicted();
    this.composer?.close();
  }

  // What the composer tells

  send(body: string, slips: Slip[]): void {
    this.typing.sent();
    const message = this.outbox.add(body, slips.map(slip => ({ name: slip.name, thumb: slip.thumb, id: null })));
    if (slips.length > 0) this.composer?.attaching.deliver(message, slips, this);
    this.viewport.toEnd();
  }

  // What is told of the files of a message

  progress(message: Pending, words: string): void {
    this.log.sayPending(message.id, words);
  }

  settle(id: string, files: PendingFile[], refused: string): void {
    this.outbox.settle(id, files, refused);
  }

  writing(): void {
    this.typing.wrote();
  }

  // What the outbox asks and tells

  post(message: Pending): Promise<PostReceipt> {
    return this.session.live.invoke("Post", this.data.channelId, { clientMessageId: message.id, body: message.body, attachmentIds: message.files.map(file => file.id) });
  }

  async ready(): Promise<boolean> {
    for (let attempt = 0; this.session.up; attempt++) {
      this.samePerson ||= await refresh(this.data);
      if (this.samePerson) return this.session.up;
      await new Promise(resolve => setTimeout(resolve, pauseBefore(attempt)));
    }
    return false;
  }

  changed(message: Pending): void {
    this.log.drawPending(message, !this.session.up || !isComplete(message));
    this.viewport.grown(0);
    setTimeout(() => this.stillPending(message.id), quickAnswer);
  }

  acknowledged(message: Pending, receipt: PostReceipt): void {
    if (this.log.has(receipt.messageId) || receipt.revision <= this.session.position) this.log.removePending(message.id);
    else this.log.drawPending(message, false); // its event is on the way, or comes with the next page
  }

  vanished(id: string): void {
    this.log.removePending(id);
  }

  /** Kept from an earlier visit. Files that had not arrived are lost with it, unless another tab is still sending them. */
  private drawKept(message: Pending): void {
    this.log.drawPending(message, true);
    if (isComplete(message) || message.refused) return;
    const lose = (): void => this.outbox.settle(message.id, message.files, this.data.files.texts.lost);
    if (navigator.locks) void navigator.locks.request(lockOf(message.id), { ifAvailable: true }, lock => { if (lock) lose(); });
    else lose();
  }

  private stillPending(id: string): void {
    const message = this.store.get(id);
    if (message && !message.refused && isComplete(message)) this.log.drawPending(message, true);
    this.viewport.grown(0);
  }

  private listen(): void {
    const { live } = this.session;
    live.on<TypingChanged>("TypingChanged", event => { if (event.channelId === this.data.channelId) this.typing.changed(event); });
    live.on<PresenceChanged>("PresenceChanged", event => this.presence(event));
    live.on<ReadMoved>("ReadMoved", event => this.readMoved(event));
    live.on<GroupChanged>("GroupChanged", event => { this.groupChanged(event); });
    onReturn(() => { this.fresh.back(); this.reading.look(); live.hurry(); });
    addEventListener("online", () => live.renew());
    addEventListener("pageshow", event => { if (event.persisted) this.samePerson = false; });
    addEventListener("beforeunload", event => { if (this.store.unsafe) event.preventDefault(); });
    this.log.root.addEventListener("click", event => this.clicked(event));
  }

  private groupChanged(event: GroupChanged): void {
    if (event.what === "members") this.refreshSoon();
    if (event.what === "lessons") void this.marks.renew();
  }

  private presence(event: PresenceChanged): void {
    const member = this.data.members[event.personId];
    if (member) member.online = event.online;
    showPresence(event, this.data.texts);
  }

  private readMoved(event: ReadMoved): void {
    if (event.channelId === this.data.channelId) this.reading.moved(event.revision);
    showUnread(event);
  }

  private clicked(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
    const id = button?.closest<HTMLElement>(".msg")?.dataset["client"];
    if (!button || !id) return;
    if (button.dataset["action"] === "retry") this.outbox.tryAgain(id);
    else {
      this.outbox.remove(id);
      this.log.removePending(id);
    }
  }

  private tellTyping(): void {
    if (!this.session.up || !this.data.canWrite) return;
    this.session.live.invoke("Typing", this.data.channelId).catch((error: unknown) => console.info("Nobody was told of the writing.", error));
  }

  /** Spread over a few seconds: everyone in the group hears of a change, or comes back, at the same moment. */
  private refreshSoon(): void {
    setTimeout(() => void refresh(this.data), Math.random() * spread);
  }
}

/** A page the browser took out of its history may have been made for someone else. */
function restoredFromHistory(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return visit instanceof PerformanceNavigationTiming && visit.type === "back_forward";
}

const data = channelData(document);
const root = document.querySelector<HTMLElement>(".log");
const template = document.getElementById("message-template");
if (data && root && template instanceof HTMLTemplateElement) new Channel(data, root, template).start();
