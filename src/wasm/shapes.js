// Objects that are made by the hundred thousand: one call across the boundary each, not one a field.

export function event(atMs, task, what, resource, label) {
  const made = { atMs, task, what };
  if (resource !== undefined) made.resource = resource;
  if (label !== undefined) made.label = label;
  return made;
}

export function logEntry(atMs, task, what, resource) {
  return [atMs, task, what, resource === undefined ? null : resource];
}

export function scalar(kind, text) {
  return { kind, text };
}

export function container(kind, size, entries) {
  return { kind, size, entries };
}

export function entry(key, keyText, node) {
  return { key, keyText, node };
}

export function resource(name, kind, permits) {
  return { name, kind, permits: permits ?? null };
}

export function link(task, asleep, fromMs, toMs, fromEvent, toEvent, via, after) {
  return { task, kind: asleep ? "sleep" : "run", fromMs, toMs, fromEvent, toEvent, via: via ?? null, after: after ?? null };
}

export function usage(resource, permits, peak, waits, longestWaitMs, heldMs) {
  return { resource, permits: permits ?? null, peak, waits, longestWaitMs, heldMs };
}

// What comes in, as tokens in the order of reading: asking a large value piece by piece from Rust would cross the boundary
// a dozen times for each piece. A list or a dict is followed by its values; the first thing that cannot be read ends it.
const NONE = 0, FALSE = 1, TRUE = 2, NUMBER = 3, TEXT = 4, LIST = 5, DICT = 6, BIG = 7, FUNCTION = 8;
const KEY = 9, NEW_KEY = 10;
const NOT_PYTHON = 11, TOO_DEEP = 12, THROWS = 13, HALF_PAIR = 14, TOO_MANY = 15;

class Unreadable {
  constructor(kind) {
    this.kind = kind;
  }
}

class Flattening {
  kinds = [];
  numbers = [];
  texts = [];
  functions = [];
  keys = new Map();

  constructor(left, deepest) {
    this.left = left;
    this.deepest = deepest;
  }

  add(kind, number) {
    this.kinds.push(kind);
    if (number !== undefined) this.numbers.push(number);
  }

  text(kind, text) {
    if (/\p{Surrogate}/u.test(text)) throw new Unreadable(HALF_PAIR);
    this.add(kind, text.length);
    this.texts.push(text);
  }

  // Records share their keys: each is sent once, then named by its number.
  key(key) {
    const known = this.keys.get(key);
    if (known !== undefined) return this.add(KEY, known);
    this.text(NEW_KEY, key);
    this.keys.set(key, this.keys.size);
  }

  value(value, depth) {
    if (this.left-- <= 0) throw new Unreadable(TOO_MANY);
    switch (typeof value) {
      case "undefined":
        return this.add(NONE);
      case "boolean":
        return this.add(value ? TRUE : FALSE);
      case "number":
        return this.add(NUMBER, value);
      case "string":
        return this.text(TEXT, value);
      case "bigint":
        return this.text(BIG, String(value));
      case "function":
        this.functions.push(value);
        return this.add(FUNCTION);
      case "object":
        return value === null ? this.add(NONE) : this.container(value, depth);
      default:
        throw new Unreadable(NOT_PYTHON);
    }
  }

  container(value, depth) {
    if (depth >= this.deepest) throw new Unreadable(TOO_DEEP);
    if (Array.isArray(value)) {
      const length = value.length >>> 0;
      if (length > this.left) throw new Unreadable(TOO_MANY);
      this.add(LIST, length);
      for (let at = 0; at < length; at++) this.value(value[at], depth + 1);
    } else if (value instanceof Map) {
      const entries = [...Map.prototype.entries.call(value)];
      this.add(DICT, entries.length);
      for (const [key, held] of entries) {
        this.value(key, depth + 1);
        this.value(held, depth + 1);
      }
    } else {
      const keys = Reflect.ownKeys(value).filter((key) => typeof key === "string");
      this.add(DICT, keys.length);
      for (const key of keys) {
        this.key(key);
        this.value(value[key], depth + 1);
      }
    }
  }
}

export function flatten(value, left, deepest) {
  const flat = new Flattening(left, deepest);
  try {
    flat.value(value, 0);
  } catch (error) {
    // Anything else was thrown by a getter or a proxy of the value itself.
    flat.kinds.push(error instanceof Unreadable ? error.kind : THROWS);
  }
  return [new Uint8Array(flat.kinds), new Float64Array(flat.numbers), flat.texts.join(""), flat.functions, flat.left];
}
