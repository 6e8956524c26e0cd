/** True while someone can be taken to look at this page. */
export function attended(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Calls back when they come back to it. */
export function onReturn(back: () => void): void {
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") back(); });
}
