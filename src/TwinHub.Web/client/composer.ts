// The writing field: keeps a draft, grows, sends on Enter where there is a keyboard.

import { Attaching } from "./attaching";
import type { ChannelData } from "./contract";
import type { Slip } from "./files";
import type { PendingStore } from "./pending";

export interface ComposerListener {
  send(body: string, slips: Slip[]): void;
  writing(): void;
}

export class Composer {
  private readonly field: HTMLTextAreaElement;
  private readonly keyboard = matchMedia("(pointer: fine) and (min-width: 60.0625rem)");
  private note: HTMLElement | null = null;
  readonly attaching: Attaching;

  constructor(private readonly form: HTMLFormElement, private readonly data: ChannelData, private readonly store: PendingStore, private readonly listener: ComposerListener) {
    const field = form.querySelector("textarea");
    if (!field) throw new Error("The composer has no writing field.");
    this.field = field;
    if (!field.value) field.value = store.draft;
    this.grow();
    this.attaching = new Attaching(form, data, fault => this.say(fault));
    form.addEventListener("submit", event => { event.preventDefault(); this.submit(); });
    field.addEventListener("input", () => this.changed());
    field.addEventListener("keydown", event => this.key(event));
  }

  /** Nothing more can be sent from here; what was written stays readable. */
  close(): void {
    this.field.readOnly = true;
    this.form.setAttribute("aria-disabled", "true");
    for (const control of this.form.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input[type=file]")) control.disabled = true;
  }

  private submit(): void {
    const body = this.field.value;
    if (this.field.readOnly || !body.trim() && !this.attaching.hasFiles) return;
    const fault = this.faultOf(body);
    this.say(fault);
    if (fault) return;
    this.field.value = "";
    this.store.draft = "";
    this.grow();
    this.listener.send(body, this.attaching.take());
    this.field.focus();
  }

  private changed(): void {
    this.store.draft = this.field.value;
    this.grow();
    if (this.note && !this.faultOf(this.field.value)) this.say("");
    if (this.field.value.trim()) this.listener.writing();
  }

  /** Enter sends with a keyboard on a wide screen; on touch it is a new line; while an input method composes it is the method's. */
  private key(event: KeyboardEvent): void {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || event.altKey || composing) return;
    if (!this.keyboard.matches && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) this.submit();
  }

  private faultOf(body: string): string {
    const { limits, texts } = this.data;
    if (body.length > limits.message) return texts.tooLong;
    return body.split("\n").length > limits.lines ? texts.tooManyLines : "";
  }

  private say(fault: string): void {
    this.note?.remove();
    this.note = null;
    this.field.removeAttribute("aria-invalid");
    if (!fault) return;
    this.note = Object.assign(document.createElement("p"), { className: "help err compose-note", textContent: fault });
    this.note.setAttribute("role", "alert");
    this.form.before(this.note);
    this.field.setAttribute("aria-invalid", "true");
  }

  private grow(): void {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }
}
