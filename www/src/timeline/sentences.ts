import { say, type Lang } from "../i18n/index.js";
import { reachOf, type Place } from "./cursor.js";
import { Doing, Ending, endOf, type Layout } from "./layout.js";
import { itemOf, joined, laneName, msIn, semaphoreName, severalLanes, thing } from "./names.js";
import type { Rows } from "./rows.js";
import { Happening } from "./run.js";
import { holdersAfter, holdsDuring, usedAt } from "./search.js";
import { nouns, sentences, strings } from "./strings.js";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function when(lang: Lang, fromMs: number, toMs: number): string {
  if (!Number.isFinite(toMs)) return say(lang, sentences.from, fromMs);
  return toMs > fromMs ? say(lang, sentences.fromTo, fromMs, toMs) : say(lang, sentences.at, toMs);
}

/** The sentence of what stands under the cursor. */
export function sentenceOf(lang: Lang, layout: Layout, rows: Rows, place: Place): string {
  const { from, to } = reachOf(layout, rows, place, false);
  if (place.kind === "level") return said(lang, from, to, levelClause(lang, layout, rows, place), 0);
  return sentenceOfSegment(lang, layout, place.lane, place.segment);
}

/** The sentence of an event of a run: what happened, to whom, at which line; undefined for one without a lane. */
export function sentenceOfEvent(lang: Lang, layout: Layout, event: number): string | undefined {
  const segment = layout.segmentOfEvent[event] ?? -1;
  if (segment < 0) return undefined;
  const { columns } = layout.run;
  const lane = layout.laneOfTask[(columns.task[event] ?? -1) + 1] ?? -1;
  const at = columns.atMs[event] ?? 0;
  const clause = layout.doing[segment] === Doing.end ? endClause(lang, layout, lane) : eventClause(lang, layout, lane, segment);
  return said(lang, at, at, clause, columns.line[event] ?? 0);
}

function sentenceOfSegment(lang: Lang, layout: Layout, lane: number, segment: number): string {
  const { columns } = layout.run;
  const event = layout.event[segment] ?? 0;
  const [from, to] = [layout.ms[segment] ?? 0, endOf(layout, lane, segment, false)];
  const doing = layout.doing[segment];
  const line = columns.line[event] ?? 0;
  if (doing === Doing.end) return said(lang, from, from, endClause(lang, layout, lane), line);
  // What lasts is told as a whole, what takes no time as what happened.
  if (doing === Doing.run || to === from) return said(lang, from, from, eventClause(lang, layout, lane, segment), line);
  return said(lang, from, to, spanClause(lang, layout, lane, segment, to - from), line);
}

function said(lang: Lang, from: number, to: number, clause: string, line: number): string {
  const what = line > 0 ? say(lang, sentences.inLine, clause, line) : clause;
  return capital(say(lang, sentences.line, when(lang, from, to), what));
}

function spanClause(lang: Lang, layout: Layout, lane: number, segment: number, length: number): string {
  const who = laneName(lang, layout, lane);
  const event = layout.event[segment] ?? 0;
  if (layout.doing[segment] === Doing.sleep) {
    const item = itemWords(lang, layout, lane, segment);
    if (!Number.isFinite(length)) return say(lang, sentences.asleep, who, item);
    const held = holdsDuring(layout, lane, segment).map((hold) => thing(lang, layout.run, layout.holds.resource[hold] ?? -1));
    return say(lang, sentences.sleeps, who, length, item, joined(lang, held));
  }
  const resource = layout.run.columns.resource[event] ?? -1;
  const what = thing(lang, layout.run, resource);
  if (!Number.isFinite(length) && layout.run.over !== false) return say(lang, sentences.waitsForEver, who, what);
  const count = usedAt(layout.holds.levels, resource, event, true);
  const holders = severalLanes(lang, layout, holdersAfter(layout, resource, event, 6), count);
  if (layout.run.resources[resource]?.kind === "semaphore") return say(lang, sentences.waitsPermit, who, what, holders, count);
  return say(lang, sentences.waitsLock, who, what, count > 0 ? holders : "");
}

/** What a worker or a loop works on; nothing when that is the lane itself. */
function itemWords(lang: Lang, layout: Layout, lane: number, segment: number): string {
  const item = itemOf(layout, segment);
  const label = layout.run.labels[layout.task[lane] ?? -1] ?? "";
  return item === "" || item === label ? "" : say(lang, sentences.named, say(lang, nouns.item), item);
}

function eventClause(lang: Lang, layout: Layout, lane: number, segment: number): string {
  const { columns } = layout.run;
  const event = layout.event[segment] ?? 0;
  const who = laneName(lang, layout, lane);
  const what = thing(lang, layout.run, columns.resource[event] ?? -1);
  const item = itemWords(lang, layout, lane, segment);
  const plainClause = (): string => {
    switch (columns.what[event]) {
      case Happening.start:
        return say(lang, sentences.starts, who);
      case Happening.wait:
        return say(lang, layout.run.resources[columns.resource[event] ?? -1]?.kind === "queue" ? sentences.comes : sentences.asks, who, what);
      case Happening.acquired:
        return say(lang, sentences.takes, who, what);
      case Happening.released:
        return say(lang, sentences.gives, who, what);
      case Happening.sleep:
        return say(lang, sentences.fallsAsleep, who);
      case Happening.wake:
        return say(lang, sentences.wakes, who);
      case Happening.cancelled:
        return say(lang, sentences.cancelled, who, what);
      case Happening.put:
        return say(lang, sentences.puts, who, what);
      case Happening.joined:
        return say(lang, sentences.joins, who, what);
      default:
        return say(lang, sentences.done, who, "");
    }
  };
  if (columns.what[event] === Happening.got) return say(lang, sentences.got, who, item, what);
  return item === "" ? plainClause() : say(lang, sentences.onItem, plainClause(), item);
}

function endClause(lang: Lang, layout: Layout, lane: number): string {
  const { run } = layout;
  const task = layout.task[lane] ?? -1;
  const who = laneName(lang, layout, lane);
  const answer = run.answers[task] ?? "";
  const reason = run.reason?.(task) ?? "";
  const refused = layout.ending[lane] === Ending.refused;
  if (layout.atOnce[lane] === 1 && (refused || layout.lastMs > 0)) return say(lang, sentences.refusedAtOnce, who, answer, reason);
  const slept = (layout.sleptMs[lane] ?? 0) > 0;
  if (refused) return say(lang, slept && run.noun !== "worker" ? sentences.refusedLate : sentences.failed, who, answer, reason);
  return say(lang, sentences.done, who, run.noun === "worker" ? "" : answer);
}

function levelClause(lang: Lang, layout: Layout, { tracks }: Rows, { track, level }: Extract<Place, { kind: "level" }>): string {
  const { levels, capacity } = layout.holds;
  const { kind = "locks", index = -1 } = tracks[track] ?? {};
  const used = levels.used[level] ?? 0;
  if (kind === "locks") return say(lang, sentences.locksHeld, used);
  const holders = holdersAfter(layout, index, levels.event[level] ?? 0, 6);
  const who = used > 0 ? severalLanes(lang, layout, holders, used) : "";
  const name = layout.run.resources[index]?.name ?? "";
  if (kind === "lock") return say(lang, sentences.lockHeld, name, who);
  const of = capacity[index] ?? -1;
  return say(lang, sentences.level, used, of < 0 ? undefined : of, semaphoreName(lang, name), who);
}

/** What is written beside a lane that returned at once, or in vain; undefined for nothing. */
export function noteOf(lang: Lang, layout: Layout, lane: number): string | undefined {
  const reason = layout.run.reason?.(layout.task[lane] ?? -1) ?? "";
  if (layout.ending[lane] === Ending.stuck || layout.ending[lane] === Ending.open) return undefined;
  if (layout.atOnce[lane] === 1) return layout.lastMs > 0 || layout.totalMs === Infinity ? say(lang, sentences.onceShort, reason) : undefined;
  return reason || undefined;
}

/** The total of a run in words. */
export function totalOf(lang: Lang, layout: Layout): string {
  if (layout.run.over === false) return say(lang, strings.soFar, msIn(lang, layout.lastMs));
  return Number.isFinite(layout.totalMs) ? msIn(lang, layout.totalMs) : say(lang, strings.never);
}
