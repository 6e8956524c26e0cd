// One WebSocket to the hub, kept up for as long as the page lives.
//
// SignalR's own reconnecting is not used: it does not cover the first start, can not be hurried when the network
// comes back, and waits for ever on a socket that opens into a silent network. Each attempt is a new connection
// with a deadline. One that misses it is closed at the socket: browsers open only one at a time to a host, so a
// hanging one would block all that follow.

import { HttpTransportType, type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from "@microsoft/signalr";
import { Pause, pauseBefore } from "./pauses";

const openWithin = 10_000;
const pingsInSilence = 3;
const patienceWhilePaging = 2; // a long page on a weak link is one message: nothing is heard until all of it is here

export interface LiveListener {
  /** The connection stands; what is awaited here happens before it counts as up. */
  connected(): Promise<void>;
  lost(attempt: number): void;
}

export class Live {
  private hub: HubConnection | null = null;
  private readonly handlers: [string, (event: never) => void][] = [];
  private readonly pause = new Pause();
  private stopped = false;

  constructor(private readonly url: string, private readonly silence: number, private readonly listener: LiveListener) {}

  on<T>(name: string, handler: (event: T) => void): void {
    this.handlers.push([name, handler]);
  }

  /** Fails with the hub's refusal, or because the connection is down or went down meanwhile. */
  invoke<T>(method: string, ...values: unknown[]): Promise<T> {
    return this.hub ? this.hub.invoke<T>(method, ...values) : Promise.reject(new Error("Not connected."));
  }

  get up(): boolean {
    return this.hub !== null;
  }

  /** Connects and reconnects until `stop`. */
  async run(): Promise<void> {
    for (let attempt = 0; !this.stopped; attempt++) {
      if (await this.connectOnce()) attempt = 0;
      if (this.stopped) return;
      this.listener.lost(attempt);
      await this.pause.wait(pauseBefore(attempt));
    }
  }

  /** The network may be back: try now rather than at the end of the pause. */
  hurry(): void {
    this.pause.cut();
  }

  /** The network has changed: what is open is most likely dead. */
  renew(): void {
    if (this.hub) void this.hub.stop();
    else this.hurry();
  }

  stop(): void {
    this.stopped = true;
    void this.hub?.stop();
    this.pause.cut();
  }

  /** One connection from its start to its end. Returns whether it ever stood. */
  private async connectOnce(): Promise<boolean> {
    const socket = new Socket();
    const hub = this.build(socket);
    const closed = new Promise<void>(resolve => hub.onclose(() => resolve()));
    try {
      await startWithin(hub, socket, Math.min(openWithin, this.silence));
      this.hub = hub;
      await this.listener.connected();
      hub.serverTimeoutInMilliseconds = this.silence;
      await closed;
      return true;
    } catch (error) {
      console.info("The hub can not be reached now.", error);
      void hub.stop();
      return false;
    } finally {
      this.hub = null;
    }
  }

  private build(socket: Socket): HubConnection {
    const options: IHttpConnectionOptions & { WebSocket: typeof WebSocket } =
      { skipNegotiation: true, transport: HttpTransportType.WebSockets, WebSocket: socket.type };
    const hub = new HubConnectionBuilder()
      .withUrl(this.url, options)
      .withKeepAliveInterval(this.silence / pingsInSilence)
      .withServerTimeout(patienceWhilePaging * this.silence)
      .configureLogging(LogLevel.None)
      .build();
    for (const [name, handler] of this.handlers) {
      hub.on(name, event => { if (this.hub === hub) handler(event as never); });
    }
    return hub;
  }
}

/** The browser's socket under a connection, which SignalR does not hand out. */
class Socket {
  private opened: WebSocket | null = null;

  /** What SignalR calls in place of the browser's constructor. */
  get type(): typeof WebSocket {
    const opened = (socket: WebSocket) => { this.opened = socket; };
    return class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        opened(this);
      }
    };
  }

  close(): void {
    this.opened?.close();
  }
}

async function startWithin(hub: HubConnection, socket: Socket, milliseconds: number): Promise<void> {
  const late = setTimeout(() => socket.close(), milliseconds);
  try {
    await hub.start();
  } finally {
    clearTimeout(late);
  }
}
