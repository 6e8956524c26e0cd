// Icons come from the sprite the page already uses: its address carries a fingerprint only the server knows.

const svg = "http://www.w3.org/2000/svg";

/** An icon by its Bootstrap name, hidden from screen readers: the words stand beside it. */
export function icon(name: string): SVGElement {
  const known = document.querySelector("svg.i use")?.getAttribute("href") ?? "/dist/icons.svg#";
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "i");
  element.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `${known.slice(0, known.indexOf("#"))}#${name}`);
  element.append(use);
  return element;
}
