// How missed pages and live events become one gapless sequence. Pure: knows neither the network nor the page.

/** Anything numbered by the channel's revision. */
export interface Change { revision: number }
export interface ChangePage<T extends Change> { revision: number; messages: T[]; more?: boolean; reset?: boolean }

/**
 * The place in a channel up to which everything has been applied.
 * Live events may overtake the pages that fill a gap: they are held back until the pages reach them, and dropped
 * where a page already brought a newer state. Pages may skip superseded numbers; live events may not.
 */
export class CatchUp<T extends Change> {
  private held = new Map<number, T>();
  private catching = true;

  /** @param position the revision the page already shows */
  constructor(public position: number) {}

  /** A new connection: whatever was held belongs to the old one. */
  begin(): void {
    this.held.clear();
    this.catching = true;
  }

  /** A live event. Returns what may be applied now, in order; empty while it must wait or is known already. */
  live(change: T): T[] {
    if (change.revision <= this.position) return [];
    this.held.set(change.revision, change);
    return this.catching ? [] : this.release();
  }

  /** A page of changes. Returns what to apply, in order, the held events it reached included. */
  page(page: ChangePage<T>): T[] {
    const changes = page.messages.filter(change => page.reset || change.revision > this.position);
    if (page.reset) this.position = page.revision;
    for (const change of changes) this.position = Math.max(this.position, change.revision);
    this.catching = hasMore(page);
    this.dropReached();
    return this.catching ? changes : changes.concat(this.release());
  }

  /** True when an event is missing between the position and what is held: only another page can fill that. */
  get gap(): boolean {
    return !this.catching && this.held.size > 0;
  }

  private release(): T[] {
    const ready: T[] = [];
    for (let next = this.held.get(this.position + 1); next; next = this.held.get(this.position + 1)) {
      this.held.delete(next.revision);
      this.position = next.revision;
      ready.push(next);
    }
    return ready;
  }

  private dropReached(): void {
    for (const revision of this.held.keys()) if (revision <= this.position) this.held.delete(revision);
  }
}

/** A reset shows the newest only: nothing follows it. */
export function hasMore(page: ChangePage<Change>): boolean {
  return page.more === true && !page.reset;
}
