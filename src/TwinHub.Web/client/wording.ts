// Sentences with placeholders. Names go into <bdi>, so that a Latin name does not turn an Arabic line round.

import type { PluralForms } from "./contract";

/** The sentence for a number in a language: an own form where there is one (Arabic zero, two), otherwise `other`. */
export function plural(forms: PluralForms, language: string, n: number): string {
  const form = forms[new Intl.PluralRules(language).select(n)] ?? forms.other ?? "";
  return form.replaceAll("{n}", String(n));
}

/** Writes a pattern such as "{name} is writing…" into an element, each value isolated from the direction around it. */
export function fill(element: Element, pattern: string, values: Record<string, string>): void {
  const parts = pattern.split(/\{(\w+)\}/);
  element.replaceChildren(...parts.map((part, i) => i % 2 === 0 ? part : isolated(values[part] ?? "")));
}

function isolated(text: string): HTMLElement {
  const bdi = document.createElement("bdi");
  bdi.textContent = text;
  return bdi;
}
