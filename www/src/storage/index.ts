import { memory, openDatabase, type AsideRecord, type Backend, type StoredRecord } from "./backend.js";

export type { AsideRecord } from "./backend.js";

/** How a collection of records is shaped. */
export interface Shape<T> {
  name: string;
  /** The version of `T`, from 1. */
  version: number;
  /** Gives the value as a `T`, or throws an error that says what is wrong with it. */
  check: (value: unknown) => T;
  /** `migrate[n]` turns a value of version n into one of version n + 1. */
  migrate?: Readonly<Record<number, (old: unknown) => unknown>>;
}

/** A collection of versioned records. */
export interface Collection<T> {
  get(id: string): Promise<T | undefined>;
  /** Every readable record, the last saved first. */
  all(): Promise<{ id: string; savedAt: number; value: T }[]>;
  put(id: string, value: T): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What the reader should know about their data; undefined when all is well. */
export type Trouble = "unavailable" | "full" | "corrupt";

const listeners = new Set<(trouble: Trouble | undefined) => void>();
let trouble: Trouble | undefined;
let backend: Promise<Backend> | undefined;

function report(now: Trouble): void {
  trouble = now;
  for (const listener of listeners) listener(now);
}

/** Calls `listener` now and on every change until the returned function is called. */
export function watchTrouble(listener: (trouble: Trouble | undefined) => void): () => void {
  listeners.add(listener);
  listener(trouble);
  return () => listeners.delete(listener);
}

function open(): Promise<Backend> {
  backend ??= openDatabase(() => (backend = undefined)).catch(() => {
    report("unavailable");
    return memory();
  });
  return backend;
}

/** Goes on in memory with everything readable, so that a full disk costs the reader nothing of this visit. */
async function retreat(from: Backend, reason: Trouble): Promise<Backend> {
  const refuge = memory();
  for (const record of await from.all().catch(() => [])) {
    if (isRecord(record)) await refuge.put(record);
  }
  backend = Promise.resolve(refuge);
  report(reason);
  return refuge;
}

function isRecord(value: unknown): value is StoredRecord {
  if (typeof value !== "object" || value === null) return false;
  const { collection, id, version } = value as Partial<StoredRecord>;
  return typeof collection === "string" && typeof id === "string" && Number.isInteger(version) && "data" in value;
}

/** The data of a record in today's shape; throws if it cannot be had. */
function read<T>(shape: Shape<T>, found: unknown): T {
  if (!isRecord(found)) throw new Error("not a record");
  if (found.version > shape.version) throw new Error(`version ${found.version} is newer than ${shape.version}`);
  let data = found.data;
  for (let version = found.version; version < shape.version; version++) {
    const step = shape.migrate?.[version];
    if (!step) throw new Error(`no way from version ${version} to ${version + 1}`);
    data = step(data);
  }
  return shape.check(data);
}

/** Moves a record that cannot be read to where it can be downloaded from; it is never thrown away. */
async function setAside(store: Backend, name: string, id: string, record: unknown, error: unknown): Promise<void> {
  const foundAt = Date.now();
  const reason = error instanceof Error ? error.message : String(error);
  await store.putAside({ key: `${name}/${id}@${foundAt}`, foundAt, reason, record });
  await store.remove(name, id);
  report("corrupt");
}

/** Opens a collection. */
export function collection<T>(shape: Shape<T>): Collection<T> {
  return {
    async get(id) {
      const store = await open();
      const found = await store.get(shape.name, id);
      if (found === undefined) return undefined;
      try {
        return read(shape, found);
      } catch (error) {
        await setAside(store, shape.name, id, found, error);
        return undefined;
      }
    },
    async all() {
      const store = await open();
      const values: { id: string; savedAt: number; value: T }[] = [];
      for (const found of await store.all(shape.name)) {
        const { id, savedAt } = found as StoredRecord;
        try {
          values.push({ id, savedAt: Number(savedAt) || 0, value: read(shape, found) });
        } catch (error) {
          await setAside(store, shape.name, id, found, error);
        }
      }
      return values.toSorted((a, b) => b.savedAt - a.savedAt);
    },
    async put(id, value) {
      const store = await open();
      const record = { collection: shape.name, id, version: shape.version, savedAt: Date.now(), data: value };
      try {
        await store.put(record);
      } catch (error) {
        const full = error instanceof DOMException && error.name === "QuotaExceededError";
        await (await retreat(store, full ? "full" : "unavailable")).put(record);
      }
    },
    async remove(id) {
      await (await open()).remove(shape.name, id);
    },
  };
}

/** What a file with everything in it looks like. */
interface Archive {
  specsight: 1;
  savedAt: string;
  records: unknown[];
  aside: AsideRecord[];
}

/** Everything this browser holds, the set-aside records too, as JSON text. */
export async function exportAll(): Promise<string> {
  const store = await open();
  const archive: Archive = {
    specsight: 1,
    savedAt: new Date().toISOString(),
    records: await store.all(),
    aside: await store.aside(),
  };
  return JSON.stringify(archive, null, 1);
}

/** Takes in what `exportAll` gave; a record here with the same name is kept if it is newer. Gives how many came in. */
export async function importAll(json: string): Promise<number> {
  const archive = JSON.parse(json) as Partial<Archive> | null;
  if (archive?.specsight !== 1 || !Array.isArray(archive.records)) throw new Error("not a Specsight export");
  const store = await open();
  let taken = 0;
  for (const record of archive.records.filter(isRecord)) {
    const here = await store.get(record.collection, record.id);
    if (isRecord(here) && here.savedAt >= record.savedAt) continue;
    await store.put(record);
    taken += 1;
  }
  return taken;
}

/** The records that could not be read. */
export async function asideRecords(): Promise<AsideRecord[]> {
  return (await open()).aside();
}
