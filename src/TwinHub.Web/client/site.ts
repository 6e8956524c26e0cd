// Small things on every page. Each page works without them.

import { keepClocks } from "./clocks";

keepClocks();

// With a script, read is what was on the screen; the server then leaves the counting to it.
document.cookie = `twinhub-script=1; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;

document.addEventListener("click", event => {
  const target = event.target instanceof Element ? event.target : null;
  const copy = target?.closest<HTMLElement>("[data-copy]");
  if (copy) void copyText(copy);
  if (target?.closest("[data-print]")) print();
  const person = target?.closest<HTMLElement>("[data-demo-sign-in]");
  if (person) {
    event.preventDefault();
    void signInAs(person.dataset["demoSignIn"] ?? "");
  }
});

// Only a script can print: without one the button stays away.
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) button.hidden = false;

// A second click on a form that is on its way sends nothing more; coming back to the page makes it usable again.
document.addEventListener("submit", event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-once]")) return;
  if (form.dataset["sent"]) event.preventDefault();
  form.dataset["sent"] = "true";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
});

/** Copies `data-copy`; the word for "copied" stands in `data-copied` and is shown for two seconds. */
async function copyText(button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
  const before = button.textContent;
  if (!button.dataset["copied"] || before === button.dataset["copied"]) return;
  button.textContent = button.dataset["copied"];
  setTimeout(() => { button.textContent = before; }, 2_000);
}

/** Demo only: becomes one of the invented people, then starts at their home page. */
async function signInAs(email: string): Promise<void> {
  const response = await fetch("/demo/sign-in", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ email }) });
  if (!response.ok) throw new Error(`The demo's sign-in answered ${response.status}.`);
  location.assign("/");
}
