// Where the reader is in the log: at its end, or further up with newer messages below.

import { icon } from "./icon";

const nearEnd = 48;

export class Viewport {
  /** True while the reader follows the end; new messages then keep it in view. */
  following = true;
  private missed = 0;

  constructor(private readonly log: HTMLElement, private readonly jump: HTMLButtonElement | null, label: string, private readonly moved: () => void) {
    log.addEventListener("scroll", () => this.look(), { passive: true });
    new ResizeObserver(() => { if (this.following) this.toEnd(); }).observe(log);
    if (jump) this.prepare(jump, label);
  }

  toEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.look();
  }

  /** Opens at the first unread message when there is one, otherwise at the end. */
  open(fresh: Element | null): void {
    this.toEnd();
    if (!fresh) return;
    const above = fresh.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
    if (above < 0) this.log.scrollTop += above - 16;
    this.look();
  }

  /** After messages came in below. */
  grown(byOthers: number): void {
    if (this.following) return this.toEnd();
    this.missed += byOthers;
    this.showJump();
  }

  /** Runs a change above what is being read, without moving that. */
  keep(change: () => void): void {
    const below = this.log.scrollHeight - this.log.scrollTop;
    change();
    this.log.scrollTop = this.log.scrollHeight - below;
  }

  private look(): void {
    this.following = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < nearEnd;
    if (this.following) this.missed = 0;
    this.showJump();
    this.moved();
  }

  private prepare(jump: HTMLButtonElement, label: string): void {
    if (!jump.querySelector("svg")) jump.append(icon("arrow-down"));
    if (!jump.textContent?.trim() && !jump.ariaLabel) jump.setAttribute("aria-label", label);
    jump.addEventListener("click", () => { this.toEnd(); this.log.focus({ preventScroll: true }); });
  }

  private showJump(): void {
    if (!this.jump) return;
    this.jump.hidden = this.following;
    let count = this.jump.querySelector(".count");
    if (!count && this.missed) this.jump.append(count = Object.assign(document.createElement("span"), { className: "count" }));
    if (count) count.textContent = this.missed ? String(this.missed) : "";
    count?.toggleAttribute("hidden", this.missed === 0);
  }
}
