import { collection } from "../../storage/index.js";
import { asDraft, freeName, sameWriting, type Draft } from "./draft.js";

/** A draft that is kept. */
export interface Entry {
  readonly id: string;
  readonly draft: Draft;
}

const store = collection<Draft>({ name: "programs", version: 1, check: asDraft });

/** The reader's drafts. Saving is one after the other; what another tab has stored meanwhile is never written over. */
export class Drafts {
  /** By the time of saving, the last one first. */
  entries: readonly Entry[] = [];
  readonly #known = new Map<string, Draft>();
  #saving: Promise<unknown> = Promise.resolve();

  async load(): Promise<void> {
    await this.#saving;
    this.entries = (await store.all()).map(({ id, value }) => ({ id, draft: value }));
    for (const { id, draft } of this.entries) this.#known.set(id, draft);
  }

  get(id: string): Draft | undefined {
    return this.entries.find((entry) => entry.id === id)?.draft;
  }

  /** A name that no draft has yet. */
  freeName(wanted: string, except?: string): string {
    return freeName(wanted, this.entries.filter(({ id }) => id !== except).map(({ draft }) => draft.name));
  }

  /** Takes a draft in; gives the id under which it is kept: another one, if another tab has changed that draft. */
  save(id: string, draft: Draft): Promise<string> {
    this.entries = this.entries.some((entry) => entry.id === id)
      ? this.entries.map((entry) => (entry.id === id ? { id, draft } : entry))
      : [{ id, draft }, ...this.entries];
    return this.#next(async () => {
      const found = await store.get(id);
      const known = this.#known.get(id);
      const elsewhere = found && known && !(sameWriting(found, known) && found.name === known.name) ? found : undefined;
      if (!elsewhere) return this.#put(id, draft);
      this.#known.set(id, elsewhere);
      const copy = { ...draft, name: this.freeName(draft.name) };
      const own = crypto.randomUUID();
      this.entries = [{ id: own, draft: copy }, ...this.entries.map((entry) => (entry.id === id ? { id, draft: elsewhere } : entry))];
      return this.#put(own, copy);
    });
  }

  async #put(id: string, draft: Draft): Promise<string> {
    await store.put(id, draft);
    this.#known.set(id, draft);
    return id;
  }

  remove(id: string): Promise<void> {
    this.entries = this.entries.filter((entry) => entry.id !== id);
    return this.#next(async () => {
      await store.remove(id);
      this.#known.delete(id);
    });
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#saving.then(task);
    this.#saving = done.catch(() => undefined);
    return done;
  }
}
