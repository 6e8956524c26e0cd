// Growing pauses with jitter, so that a crowd cut off together does not come back together.

const shortest = 200;
const longest = 15_000;

/** Milliseconds to wait before attempt `n` (0, 1, …): doubles from 0.2 s up to 15 s, half of it by chance. */
export function pauseBefore(attempt: number, chance: number = Math.random()): number {
  const full = Math.min(longest, shortest * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + chance * full / 2);
}

/** A pause that something else can cut short. */
export class Pause {
  private end: (() => void) | null = null;

  wait(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(() => this.cut(), milliseconds);
      this.end = () => { clearTimeout(timer); this.end = null; resolve(); };
    });
  }

  cut(): void {
    this.end?.();
  }
}

/** Gives up a request that is not answered in time: a dead line may never say so. */
export async function within<T>(milliseconds: number, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), milliseconds);
  try {
    return await request(control.signal);
  } finally {
    clearTimeout(timer);
  }
}
