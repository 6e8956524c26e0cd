// Sentences with placeholders. Names go into <bdi>, so that a Latin name does not turn an Arabic line round.

import type { FileTexts, PluralForms } from "./contract";

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

/** "1.2 MB", as the server writes it: kilobytes rounded up, below ten one decimal where it is not zero. */
export function fileSize(bytes: number, texts: FileTexts): string {
  let [unit, size] = [0, Math.ceil(bytes / 1024)];
  for (; size >= 1024 && unit < 2; unit++) size /= 1024;
  const number = size < 10 && unit > 0 ? size.toFixed(1).replace(/\.0$/u, "") : size.toFixed(0);
  return (texts.sizes[unit] ?? "").replace("{number}", number.replace(".", texts.decimalMark));
}

export function percent(part: number, whole: number, texts: FileTexts): string {
  return texts.percent.replace("{number}", String(whole > 0 ? Math.floor(100 * part / whole) : 0));
}

function isolated(text: string): HTMLElement {
  const bdi = document.createElement("bdi");
  bdi.textContent = text;
  return bdi;
}
