/** A setting of the reader: kept in this browser, watched by whoever shows it. */
export class Preference<T extends string> {
  readonly #key: string;
  readonly #allowed: readonly T[];
  readonly #listeners = new Set<(value: T) => void>();
  #value: T;

  constructor(key: string, allowed: readonly T[], initial: T) {
    this.#key = `specsight.${key}`;
    this.#allowed = allowed;
    this.#value = this.parse(this.#stored()) ?? initial;
  }

  get value(): T {
    return this.#value;
  }

  /** The word as a value of this setting, or undefined if it is none. */
  parse(word: string | null | undefined): T | undefined {
    return this.#allowed.find((allowed) => allowed === word);
  }

  /** Takes a value and remembers it. */
  keep(value: T): void {
    try {
      localStorage.setItem(this.#key, value);
    } catch {
      // Storage is blocked: the choice then holds for this visit.
    }
    this.use(value);
  }

  /** Takes a value for this visit only, as an address may ask for. */
  use(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** Calls `listener` on every change until the returned function is called. */
  watch(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #stored(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }
}

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme; `system` follows the device. */
export const theme = new Preference<Theme>("theme", themes, "system");
