// What the server says when it does not do a thing.

/** A refusal: a code of the contract and a sentence in the reader's language. */
export interface Refusal { code: string; sentence: string }

const forGood = new Set(["invalid", "too_long", "not_allowed", "closed", "not_found"]);

/** The framework puts words of its own before `code: sentence`; null when the error is no answer of the hub. */
export function refusalOf(error: unknown): Refusal | null {
  const text = error instanceof Error ? error.message : String(error);
  const match = /HubException: ([a-z_]+): (.*)$/s.exec(text);
  return match ? { code: match[1] ?? "", sentence: match[2] ?? "" } : null;
}

/** True when sending the same again can not help. */
export function isForGood(refusal: Refusal | null): refusal is Refusal {
  return refusal !== null && forGood.has(refusal.code);
}

/** True when the channel is not ours to see, or no longer. */
export function isShutOut(refusal: Refusal | null): boolean {
  return refusal?.code === "not_found" || refusal?.code === "not_allowed";
}
