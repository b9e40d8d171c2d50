import { beginOf, Doing, endOf, type Layout } from "./layout.js";
import type { Levels } from "./holds.js";

/** The first index in [low, high) for which `after` holds; it must hold for all that follow. */
export function firstWhere(low: number, high: number, after: (index: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (after(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first segment of a lane that reaches beyond `from`; the end of the lane's segments if none does. */
export function firstReaching(layout: Layout, lane: number, from: number, order: boolean): number {
  const [start, end] = [layout.first[lane] ?? 0, layout.first[lane + 1] ?? 0];
  const begin = order ? layout.event : layout.ms;
  let [low, high] = [start, end];
  // The segment before the first one that begins after `from` is the one that covers it.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((begin[middle] ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return Math.max(start, low - 1);
}

/** Whether a segment can be seen on an axis; by the clock, what takes no time has no width. */
export function isSeen(layout: Layout, lane: number, segment: number, order: boolean): boolean {
  const doing = layout.doing[segment];
  if (order || doing === Doing.end) return true;
  return doing !== Doing.run && endOf(layout, lane, segment, false) > beginOf(layout, segment, false);
}

/** The level of a track at a place of an axis, as an index; what happens at that very place counts as done. -1: before all. */
export function levelAt(levels: Levels, track: number, at: number, order: boolean): number {
  const [start, end] = [levels.first[track] ?? 0, levels.first[track + 1] ?? 0];
  const place = order ? levels.event : levels.ms;
  const after = firstWhere(start, end, (index) => (place[index] ?? 0) > at);
  return after > start ? after - 1 : -1;
}

/** How many have a track's resource at a place of an axis. */
export function usedAt(levels: Levels, track: number, at: number, order: boolean): number {
  const level = levelAt(levels, track, at, order);
  return level < 0 ? 0 : (levels.used[level] ?? 0);
}

/** The lanes that have a resource when `event` has just happened, in the order of taking; no more than `most`. */
export function holdersAfter({ holds }: Layout, resource: number, event: number, most = Infinity): number[] {
  const [start, end] = [holds.resourceFirst[resource] ?? 0, holds.resourceFirst[resource + 1] ?? 0];
  const taken = firstWhere(start, end, (index) => (holds.fromEvent[holds.byResource[index] ?? 0] ?? 0) > event);
  const used = usedAt(holds.levels, resource, event, true);
  const lanes: number[] = [];
  // Back from the newest: all `used` of them are found, wherever the oldest began.
  for (let index = taken - 1; index >= start && lanes.length < used; index -= 1) {
    const hold = holds.byResource[index] ?? 0;
    if ((holds.toEvent[hold] ?? 0) > event) lanes.push(holds.lane[hold] ?? -1);
  }
  lanes.reverse();
  return lanes.slice(0, most);
}

/** The holds that a lane has while a segment lasts, outermost first. */
export function holdsDuring({ holds, event }: Layout, lane: number, segment: number): number[] {
  const at = event[segment] ?? 0;
  const own: number[] = [];
  const end = holds.laneFirst[lane + 1] ?? 0;
  for (let index = holds.laneFirst[lane] ?? 0; index < end; index += 1) {
    const hold = holds.byLane[index] ?? 0;
    if ((holds.fromEvent[hold] ?? 0) > at) break;
    if ((holds.toEvent[hold] ?? 0) > at) own.push(hold);
  }
  return own;
}

/** Where a hold begins and ends on an axis; Infinity when it is never given back. */
export function holdFrom({ holds, run }: Layout, hold: number, order: boolean): number {
  const event = holds.fromEvent[hold] ?? 0;
  return order ? event : (run.columns.atMs[event] ?? 0);
}
export function holdTo({ holds, run }: Layout, hold: number, order: boolean): number {
  if (holds.kept[hold] === 1) return Infinity;
  const event = holds.toEvent[hold] ?? 0;
  return order ? event : (run.columns.atMs[event] ?? 0);
}
