import type { Piece } from "./protocol.js";

/**
 * Reading a message is one task of the page's thread, and a hundred thousand objects take long to read: long lists of an
 * answer travel ahead of it, in pieces. Columns need none of this: they are handed over, not copied.
 */
const MOST = 5_000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Takes the long lists out of an answer: what is left of it, and their pieces. */
export function takenApart(answer: unknown, path: readonly string[] = [], pieces: Piece[] = []): { readonly rest: unknown; readonly pieces: readonly Piece[] } {
  if (!isRecord(answer)) return { rest: answer, pieces };
  const rest = Object.entries(answer).map(([key, value]) => {
    const here = [...path, key];
    if (!Array.isArray(value) || value.length <= MOST) return [key, takenApart(value, here, pieces).rest];
    for (let at = 0; at < value.length; at += MOST) pieces.push({ path: here, values: value.slice(at, at + MOST) });
    return [key, []];
  });
  return { rest: Object.fromEntries(rest), pieces };
}

/** Puts the pieces back, in the order in which they came. */
export function putTogether(rest: unknown, pieces: readonly Piece[]): unknown {
  for (const { path, values } of pieces) {
    const list = path.reduce((within, key) => (within as Record<string, unknown>)[key], rest) as unknown[];
    for (const value of values) list.push(value);
  }
  return rest;
}

/** The memory of all columns in an answer. */
export function columnsIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  return isRecord(value) ? [...new Set(Object.values(value).flatMap(columnsIn))] : [];
}
