// Membership in one channel over one connection after another: joins, catches up, and hands on what happened, in order.

import { CatchUp, hasMore } from "./catchup";
import type { ChannelData, Evicted, JoinPage, Message } from "./contract";
import { Live } from "./live";
import { isShutOut, refusalOf } from "./refusal";

export interface SessionListener {
  /** New states of messages, in the channel's order. */
  apply(messages: Message[]): void;
  /** The channel was restored to an earlier state: only these are its newest. */
  reset(messages: Message[]): void;
  joining(): void;
  joined(): void;
  /** From now on changes of the group are told. */
  watching(): void;
  /** Down; `attempt` counts tries without success. */
  lost(attempt: number): void;
  shutOut(): void;
}

export class Session {
  readonly live: Live;
  /** True while events flow and nothing is missing. */
  up = false;
  private readonly catchUp: CatchUp<Message>;

  constructor(private readonly data: ChannelData, private readonly listener: SessionListener) {
    this.catchUp = new CatchUp(data.revision);
    this.live = new Live(data.hub, data.silence, { connected: () => this.enter(), lost: attempt => this.lost(attempt) });
    this.live.on<Message>("MessagePosted", message => this.event(message));
    this.live.on<Message>("MessageChanged", message => this.event(message));
    this.live.on<Evicted>("Evicted", event => { if (event.channelId === data.channelId) this.leave(); });
  }

  /** The revision up to which everything is on the page. */
  get position(): number {
    return this.catchUp.position;
  }

  private async enter(): Promise<void> {
    try {
      await this.join();
      await this.live.invoke("Watch", this.data.groupSlug);
      this.listener.watching();
    } catch (error) {
      if (!isShutOut(refusalOf(error))) throw error;
      this.leave();
    }
  }

  private async join(): Promise<void> {
    this.catchUp.begin();
    this.listener.joining();
    let page: JoinPage;
    do {
      page = await this.live.invoke<JoinPage>("Join", this.data.channelId, this.catchUp.position);
      if (hasMore(page) && page.messages.length === 0) throw new Error("The channel promised more and gave nothing.");
      const ready = this.catchUp.page(page);
      if (page.reset) this.listener.reset(ready);
      else this.listener.apply(ready);
    } while (hasMore(page));
    this.up = true;
    this.listener.joined();
  }

  private event(message: Message): void {
    if (message.channelId !== this.data.channelId) return;
    const ready = this.catchUp.live(message);
    if (ready.length > 0) this.listener.apply(ready);
    if (this.catchUp.gap) void this.joinAgain();
  }

  private async joinAgain(): Promise<void> {
    try {
      await this.join();
    } catch (error) {
      console.info("The gap could not be filled; connecting anew.", error);
      this.live.renew();
    }
  }

  private lost(attempt: number): void {
    this.up = false;
    this.listener.lost(attempt);
  }

  private leave(): void {
    this.up = false;
    this.live.stop();
    this.listener.shutOut();
  }
}
