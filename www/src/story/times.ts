import type { ViewEntry, ViewNode } from "../kit/index.js";
import type { Track } from "./track.js";

/** The fields in which a state keeps a moment that is still to come. */
const dueFields: ReadonlySet<string | number> = new Set([
  "expiry",
  "expires_at",
  "cashback_time",
  "retry_time",
  "execute_at",
  "late_fee_time",
  "decay_next_due",
]);

/** A moment that something of the state is waiting for. */
export interface Due {
  /** The key of the record: `payment2`, `session`. */
  what: string;
  at: number;
}

/**
 * What happens at the very moment: `after` when it counts as past already (`now >= due`), `before` when it does not yet
 * (`now > due`), undefined when the track never shows it.
 */
export type Edge = "after" | "before" | undefined;

/** Everything a ruler needs that stays the same from step to step. */
export interface Ruler {
  /** Every moment of the track, each once, ascending. The ruler gives each the same room: a day and a millisecond. */
  moments: readonly number[];
  edge: Edge;
}

/** A track longer than this is no story; reading all of it for a ruler would cost more than the ruler says. */
const longest = 400;

/** Attributes that hold copies of what is due elsewhere; a copy waits for nothing. */
const copies = /backup|snapshot|history|log/;

/** The moments a state waits for, in order. */
export function duesOf(state: ViewNode): Due[] {
  const dues = new Map<string, Due>();
  const collect = (entries: readonly ViewEntry[], record: string): void => {
    for (const { key, node } of entries) {
      if ("entries" in node) {
        collect(node.entries, String(key));
      } else if (node.kind === "int" && dueFields.has(key)) {
        const due: Due = { what: record || String(key), at: Number(node.text) };
        if (due.at > 0) dues.set(`${due.what} ${due.at}`, due);
      }
    }
  };
  if ("entries" in state) collect(state.entries.filter(({ key }) => !copies.test(String(key))), "");
  return [...dues.values()].toSorted((a, b) => a.at - b.at);
}

/** The ruler of a track, or undefined if nothing in it is about time. */
export function rulerOf(track: Track): Ruler | undefined {
  if (track.length > longest) return undefined;
  const moments = new Set<number>();
  let about = 0;
  let nearest = Infinity;
  for (let position = 1; position <= track.length; position++) {
    const now = track.clock(position);
    if (now !== undefined) moments.add(now);
    for (const { at } of duesOf(track.view(position, longest))) {
      moments.add(at);
      about += 1;
    }
    const step = track.step(position);
    if (!step.ok) continue;
    for (const note of step.notes) {
      if (typeof note.due === "number" && typeof note.now === "number") nearest = Math.min(nearest, note.now - note.due);
    }
  }
  if (about === 0) return undefined;
  const strictlyAlive = track.system.uses.some((pattern) => pattern.id === "inline_ttl");
  const edge: Edge = nearest === 0 || strictlyAlive ? "after" : nearest === 1 ? "before" : undefined;
  return { moments: [...moments].toSorted((a, b) => a - b), edge };
}
