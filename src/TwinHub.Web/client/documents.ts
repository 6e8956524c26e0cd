// The documents of a group. Without this script files go by a plain form and the page is looked at again by hand; with it they go
// piece by piece, several at a time, and the parts that change are read again when the hub says so.

import type { GroupChanged } from "./contract";
import { Live } from "./live";
import { Parts } from "./parts";
import { isShutOut, refusalOf } from "./refusal";
import { type Destination, Sending } from "./sending";

const calm = 300;
const looked = 1_000;

interface DocumentsData extends Destination { hub: string; silence: number }

let noted = "";

/** What the form of `data-seen` says is noted once the page has been on the screen: opening it alone changes nothing. */
function noteSeen(parts: Parts): void {
  const form = document.querySelector<HTMLFormElement>("form[data-seen]");
  if (!form || form.dataset["waits"] || versionOf(form) === noted) return;
  form.dataset["waits"] = "true";
  setTimeout(() => {
    delete form.dataset["waits"];
    if (document.visibilityState === "visible" && form.isConnected) void send(form, parts);
  }, looked);
}

/** A newer version may have come meanwhile: its form is looked for again. */
async function send(form: HTMLFormElement, parts: Parts): Promise<void> {
  if (!await parts.send(form)) return;
  noted = versionOf(form);
  noteSeen(parts);
}

function versionOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("[name=version]")?.value ?? "";
}

function begin(root: HTMLElement, data: DocumentsData): void {
  const parts = new Parts(root);
  let timer = 0;
  const readSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void parts.read().then(() => noteSeen(parts)), calm * (1 + Math.random()));
  };
  const lost = root.querySelector<HTMLElement>(".connection");
  const say = (isLost: boolean): void => {
    if (!lost) return;
    lost.hidden = !isLost;
    lost.textContent = isLost ? lost.dataset["lost"] ?? "" : "";
  };
  const live: Live = new Live(data.hub, data.silence, {
    connected: async () => {
      try {
        await live.invoke("Watch", data.groupSlug);
      } catch (error) {
        if (!isShutOut(refusalOf(error))) throw error;
        live.stop();
        location.reload(); // no longer ours to see: the page says so
        return;
      }
      say(false);
      readSoon();
    },
    lost: attempt => say(attempt > 0),
  });
  live.on<GroupChanged>("GroupChanged", event => { if (event.groupSlug === data.groupSlug && event.what === "documents") readSoon(); });
  live.on("Evicted", () => live.renew());
  addEventListener("online", () => live.renew());
  addEventListener("pagehide", () => live.stop());
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => noteSeen(parts));
  const form = root.querySelector<HTMLFormElement>("form[data-send]");
  if (form) new Sending(root, form, data, () => void parts.read());
  noteSeen(parts);
  void live.run();
}

const root = document.querySelector<HTMLElement>("[data-documents]");
const text = document.getElementById("documents-data")?.textContent;
if (root && text) begin(root, JSON.parse(text) as DocumentsData);
