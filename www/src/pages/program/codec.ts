import { MAX_TEXT, asDraft, type Draft } from "./draft.js";

/**
 * Drafts as a word of an address: base64url of a version, a checksum and the deflated JSON. The checksum is there because
 * deflate has none: a link that lost or changed a character must not become another program.
 */

/** Longer addresses are cut by chats and mailers. */
export const MAX_LINK = 8_000;
/** A link that was made elsewhere may be longer, within reason. */
const MAX_READ = 400_000;
const VERSION = 1;
const HEAD = 5;

/** Why a link is none. */
export class LinkError extends Error {
  readonly kind: "too-long" | "damaged" | "newer";
  readonly length: number;

  constructor(kind: LinkError["kind"], length = 0) {
    super(`the link is ${kind}`);
    this.kind = kind;
    this.length = length;
  }
}

export async function encodeDraft(draft: Draft): Promise<string> {
  const { name, form, text, pinned } = draft;
  const plain = new TextEncoder().encode(JSON.stringify({ name, form, text, pinned }));
  const packed = await through(plain, new CompressionStream("deflate-raw"), Infinity);
  const bytes = new Uint8Array(HEAD + packed.length);
  bytes[0] = VERSION;
  new DataView(bytes.buffer).setUint32(1, checksum(plain));
  bytes.set(packed, HEAD);
  const word = base64url(bytes);
  if (word.length > MAX_LINK) throw new LinkError("too-long", word.length);
  return word;
}

export async function decodeDraft(word: string): Promise<Draft> {
  if (word.length > MAX_READ) throw new LinkError("damaged");
  const bytes = unbase64url(word);
  if (bytes.length <= HEAD) throw new LinkError("damaged");
  if ((bytes[0] ?? 0) > VERSION) throw new LinkError("newer");
  try {
    // A few bytes can be blown up to gigabytes: what is longer than any program is not read to its end.
    const plain = await through(bytes.subarray(HEAD), new DecompressionStream("deflate-raw"), 4 * MAX_TEXT);
    if (bytes[0] !== VERSION || checksum(plain) !== new DataView(bytes.buffer).getUint32(1)) throw new LinkError("damaged");
    return asDraft(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain)));
  } catch {
    throw new LinkError("damaged");
  }
}

/** FNV-1a. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new LinkError("damaged");
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unbase64url(word: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(word)) throw new LinkError("damaged");
  try {
    return Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  } catch {
    throw new LinkError("damaged");
  }
}
