import { openDB, type IDBPDatabase } from "idb";

/** What is written for a value: the value, and the version of the shape it has. */
export interface StoredRecord {
  collection: string;
  id: string;
  version: number;
  savedAt: number;
  data: unknown;
}

/** A record that could not be read; kept as it was found, with the reason. */
export interface AsideRecord {
  key: string;
  foundAt: number;
  reason: string;
  record: unknown;
}

/** A place for records. There are two: the browser's database, and memory for when there is none. */
export interface Backend {
  get(collection: string, id: string): Promise<unknown>;
  all(collection?: string): Promise<unknown[]>;
  put(record: StoredRecord): Promise<void>;
  remove(collection: string, id: string): Promise<void>;
  aside(): Promise<AsideRecord[]>;
  putAside(record: AsideRecord): Promise<void>;
}

const databaseName = "specsight";

/**
 * Opens the browser's database, or fails if there is none (private windows, blocked storage). `onClose` is told when the
 * connection has gone, so that the next use opens a new one.
 */
export async function openDatabase(onClose: () => void): Promise<Backend> {
  const db: IDBPDatabase = await openDB(databaseName, 1, {
    upgrade(database) {
      // The collection is part of the key, so a new collection needs no new version of the database.
      database.createObjectStore("records", { keyPath: ["collection", "id"] });
      database.createObjectStore("aside", { keyPath: "key" });
    },
    // Another tab wants to upgrade: give way.
    blocking: () => {
      db.close();
      onClose();
    },
    terminated: onClose,
  });
  const within = (collection: string): IDBKeyRange => IDBKeyRange.bound([collection], [collection, []]);
  return {
    get: (collection, id) => db.get("records", [collection, id]),
    all: (collection) => db.getAll("records", collection === undefined ? undefined : within(collection)),
    put: async (record) => void (await db.put("records", record)),
    remove: (collection, id) => db.delete("records", [collection, id]),
    aside: () => db.getAll("aside"),
    putAside: async (record) => void (await db.put("aside", record)),
  };
}

/** Records in memory: they live as long as the page. */
export function memory(): Backend {
  const records = new Map<string, StoredRecord>();
  const aside = new Map<string, AsideRecord>();
  const key = (collection: string, id: string): string => JSON.stringify([collection, id]);
  return {
    get: (collection, id) => Promise.resolve(records.get(key(collection, id))),
    all: (collection) =>
      Promise.resolve([...records.values()].filter((r) => collection === undefined || r.collection === collection)),
    put: (record) => {
      // A copy, as a database makes one: what is stored does not change with the caller's object.
      records.set(key(record.collection, record.id), structuredClone(record));
      return Promise.resolve();
    },
    remove: (collection, id) => {
      records.delete(key(collection, id));
      return Promise.resolve();
    },
    aside: () => Promise.resolve([...aside.values()]),
    putAside: (record) => {
      aside.set(record.key, record);
      return Promise.resolve();
    },
  };
}
