import type { Call } from "../story/track.js";

/** What an address holds: `[operation, args]`, with the clock as a third where there is one. */
type Packed = [operation: string, args: unknown[], clock?: number];

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(out).arrayBuffer());
}

/** Large integers do not fit a JSON number; they travel as `{"$int": "..."}`. */
function pack(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? { $int: value.toString() } : value;
}

function unpack(_key: string, value: unknown): unknown {
  const digits = (value as { $int?: unknown } | null)?.$int;
  return typeof digits === "string" && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
}

/** Calls as a word for an address: JSON, deflated, in base64 that needs no escaping. */
export async function encodeCalls(calls: readonly Call[]): Promise<string> {
  if (calls.length === 0) return "";
  const packed = calls.map(({ operation, args, clock }): Packed => (clock === undefined ? [operation, args] : [operation, args, clock]));
  const text = new TextEncoder().encode(JSON.stringify(packed, pack));
  const bytes = await through(text, new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The calls of such a word; throws if it is damaged. */
export async function decodeCalls(word: string): Promise<Call[]> {
  if (word === "") return [];
  const binary = atob(word.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const text = new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
  return asCalls(JSON.parse(text, unpack));
}

/** Checks that a value from outside is a list of packed calls. */
function asCalls(value: unknown): Call[] {
  if (!Array.isArray(value)) throw new Error("not a list of calls");
  return value.map((each: unknown) => {
    const [operation, args, clock] = Array.isArray(each) ? (each as unknown[]) : [];
    if (typeof operation !== "string" || !Array.isArray(args)) throw new Error("not a call");
    return typeof clock === "number" ? { operation, args, clock } : { operation, args };
  });
}
