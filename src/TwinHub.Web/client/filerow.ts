// One file on its way, as a row: its name, how far it is, in words too, and what can be done with it.

import { icon } from "./icon";
import type { UploadListener } from "./upload";
import { fill } from "./wording";

export interface SendingTexts {
  queued: string;
  sending: string;
  finishing: string;
  waiting: string;
  done: string;
  failed: string;
  cancel: string;
  remove: string;
  tryAgain: string;
  percent: string;
}

export interface FileRow extends UploadListener {
  element: HTMLElement;
  say(state: "queued" | "done"): void;
  /** @param sentence Why, in the reader's language; empty: not known. */
  fail(sentence: string): void;
}

/** Steps in which progress is shown: more would only flicker. */
const whole = 100;

export function fileRow(name: string, texts: SendingTexts, cancel: () => void, again: () => void): FileRow {
  const element = document.createElement("li");
  const head = document.createElement("b");
  head.dir = "auto";
  head.textContent = name;
  const state = document.createElement("span");
  state.className = "m2 how";
  const bar = document.createElement("progress");
  bar.max = whole;
  bar.setAttribute("aria-label", name);
  const stop = button("x-lg", texts.cancel, cancel);
  const retry = button("arrow-counterclockwise", texts.tryAgain, again);
  const what = document.createElement("span");
  what.className = "what";
  what.append(head, state, bar);
  element.append(what, retry, stop);
  const show = (text: string, failed = false): void => {
    state.textContent = text;
    state.classList.toggle("err", failed);
    element.dataset["state"] = failed ? "failed" : "going";
    retry.hidden = !failed;
    stop.title = failed ? texts.remove : texts.cancel;
    stop.setAttribute("aria-label", `${stop.title} ${name}`);
    bar.hidden = failed;
  };
  let percent = 0;
  const showPercent = (): void => {
    if (percent >= whole) show(texts.finishing);
    else {
      show("");
      fill(state, texts.sending, { percent: texts.percent.replace("{number}", String(percent)) });
    }
  };
  return {
    element,
    say: which => { bar.value = which === "done" ? whole : 0; show(which === "done" ? texts.done : texts.queued); },
    progress: (sent, total) => {
      percent = total === 0 ? whole : Math.min(whole, Math.floor(sent / total * whole));
      bar.value = percent;
      showPercent();
    },
    waiting: isWaiting => { if (isWaiting) show(texts.waiting); else showPercent(); },
    fail: sentence => show(sentence || texts.failed, true),
  };
}

function button(sign: string, words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-bare btn-sm";
  made.title = words;
  made.append(icon(sign));
  if (sign !== "x-lg") made.append(words);
  made.addEventListener("click", act);
  return made;
}
