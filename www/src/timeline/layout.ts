import { Happening, type Run, type RunColumns } from "./run.js";
import { HoldsDraft, type Holds } from "./holds.js";

/** What a task does from one of its events to the next. */
export const Doing = { run: 0, wait: 1, sleep: 2, end: 3 } as const;
export type Doing = (typeof Doing)[keyof typeof Doing];

/** How a lane ends: answered, turned away, waiting for ever, or not yet over. */
export const Ending = { done: 0, refused: 1, stuck: 2, open: 3 } as const;
export type Ending = (typeof Ending)[keyof typeof Ending];

/** What a segment holds: bits of `held`; the bits above them count how many things. */
export const Held = { semaphore: 1, lock: 2, count: 2 } as const;

/**
 * A run as lanes, in flat arrays: each event of a lane begins a segment that lasts until the next event of that lane, so
 * segments tile a lane by construction. The segments of lane `l` are `first[l]` to `first[l + 1] - 1`.
 */
export interface Layout {
  readonly run: Run;
  readonly lanes: number;
  /** The task of a lane, and its lane (-1 for none) at `task + 1`. */
  readonly task: Int32Array;
  readonly laneOfTask: Int32Array;
  readonly first: Int32Array;
  /** Of every segment: the event that begins it, when, what is done and held until the next one. */
  readonly event: Int32Array;
  readonly ms: Float64Array;
  readonly doing: Uint8Array;
  readonly held: Uint8Array;
  /** The segment that an event begins; -1 for events that have no lane. */
  readonly segmentOfEvent: Int32Array;
  readonly ending: Uint8Array;
  /** Ended in the instant it began, without a sleep and without asking for a permit. */
  readonly atOnce: Uint8Array;
  readonly sleptMs: Float64Array;
  readonly waitedMs: Float64Array;
  readonly holds: Holds;
  /** Whether anybody ran out of time. */
  readonly cut: boolean;
  /** When the last event is. */
  readonly lastMs: number;
  /** Infinity when somebody waits for ever. */
  readonly totalMs: number;
}

/** Places the events of a run; those that make no sense (an end after the end) are passed over. */
export function layOut(run: Run): Layout {
  if (run.placed) return { run, ...run.placed.layout };
  const { columns } = run;
  const length = columns.atMs.length;
  const slots = columns.task.reduce((most, task) => Math.max(most, task), -1) + 2;
  const draft = new Draft(run, slots, length);
  for (let event = 0; event < length; event += 1) draft.place(event);
  return draft.close();
}

/** A lane is addressed by its slot while it is drawn up: task + 1. */
class Draft {
  readonly #run: Run;
  readonly #columns: RunColumns;
  readonly #slots: number;
  readonly #length: number;
  /** By event: what is done and held from it on; `PASSED` marks events without a lane. */
  readonly #doing: Uint8Array;
  readonly #held: Uint8Array;
  /** By slot. */
  readonly #count: Int32Array;
  readonly #state: Uint8Array;
  readonly #semaphores: Int32Array;
  readonly #locks: Int32Array;
  readonly #asked: Uint8Array;
  readonly #holds: HoldsDraft;

  constructor(run: Run, slots: number, length: number) {
    this.#run = run;
    this.#columns = run.columns;
    this.#slots = slots;
    this.#length = length;
    this.#doing = new Uint8Array(length).fill(PASSED);
    this.#held = new Uint8Array(length);
    this.#count = new Int32Array(slots);
    this.#state = new Uint8Array(slots).fill(PASSED);
    this.#semaphores = new Int32Array(slots);
    this.#locks = new Int32Array(slots);
    this.#asked = new Uint8Array(slots);
    this.#holds = new HoldsDraft(run, slots);
  }

  place(event: number): void {
    const { task, what, resource } = this.#columns;
    const slot = (task[event] ?? -1) + 1;
    const state = this.#state[slot];
    const about = resource[event] ?? -1;
    if (slot < 0 || state === undefined || state === Doing.end) return;
    const happened = what[event];
    if (happened === Happening.start && state !== PASSED) return;
    const semaphore = this.#run.resources[about]?.kind === "semaphore";
    let doing: number = Doing.run;
    switch (happened) {
      case Happening.sleep:
        doing = Doing.sleep;
        break;
      case Happening.wait:
        if (semaphore) this.#asked[slot] = 1;
        // Taken in the same breath: nobody waited.
        if (!this.#takenNext(event)) {
          doing = Doing.wait;
          this.#holds.contend(about);
        }
        break;
      case Happening.acquired:
        if (semaphore) this.#asked[slot] = 1;
        if (this.#holds.take(slot, about, event)) this.#add(slot, semaphore, 1);
        break;
      case Happening.released:
        if (this.#holds.give(slot, about, event)) this.#add(slot, semaphore, -1);
        break;
      case Happening.done:
        doing = Doing.end;
        break;
    }
    this.#doing[event] = doing;
    this.#state[slot] = doing;
    const [semaphores, locks] = [this.#semaphores[slot] ?? 0, this.#locks[slot] ?? 0];
    this.#held[event] =
      (semaphores > 0 ? Held.semaphore : 0) | (locks > 0 ? Held.lock : 0) | (Math.min(semaphores + locks, 63) << Held.count);
    this.#count[slot] = (this.#count[slot] ?? 0) + 1;
  }

  #takenNext(event: number): boolean {
    const { task, what, resource } = this.#columns;
    const next = what[event + 1];
    const passes = next === Happening.acquired || next === Happening.got || next === Happening.put || next === Happening.joined;
    return passes && task[event + 1] === task[event] && resource[event + 1] === resource[event];
  }

  #add(slot: number, semaphore: boolean, by: 1 | -1): void {
    const counts = semaphore ? this.#semaphores : this.#locks;
    counts[slot] = (counts[slot] ?? 0) + by;
  }

  close(): Layout {
    const shown = this.#shownSlots();
    const lanes = shown.length;
    const first = new Int32Array(lanes + 1);
    const laneOfTask = new Int32Array(this.#slots).fill(-1);
    shown.forEach((slot, lane) => {
      laneOfTask[slot] = lane;
      first[lane + 1] = (first[lane] ?? 0) + (this.#count[slot] ?? 0);
    });
    const size = first[lanes] ?? 0;
    const [event, ms] = [new Int32Array(size), new Float64Array(size)];
    const [doing, held] = [new Uint8Array(size), new Uint8Array(size)];
    const segmentOfEvent = new Int32Array(this.#length).fill(-1);
    const next = first.slice();
    const { atMs, task } = this.#columns;
    for (let at = 0; at < this.#length; at += 1) {
      const lane = laneOfTask[(task[at] ?? -1) + 1] ?? -1;
      const does = this.#doing[at] ?? PASSED;
      if (lane < 0 || does === PASSED) continue;
      const segment = next[lane] ?? 0;
      next[lane] = segment + 1;
      event[segment] = at;
      ms[segment] = atMs[at] ?? 0;
      doing[segment] = does;
      held[segment] = this.#held[at] ?? 0;
      segmentOfEvent[at] = segment;
    }
    const tasks = Int32Array.from(shown, (slot) => slot - 1);
    const lastMs = this.#length > 0 ? (atMs[this.#length - 1] ?? 0) : 0;
    const flat = { lanes, task: tasks, laneOfTask, first, event, ms, doing, held, segmentOfEvent };
    const sums = this.#summed(flat, shown);
    const stuck = sums.ending.includes(Ending.stuck);
    const cut = this.#columns.what.includes(Happening.cancelled);
    return { run: this.#run, ...flat, ...sums, cut, holds: this.#holds.close(laneOfTask), lastMs, totalMs: stuck ? Infinity : lastMs };
  }

  /** The operation itself only gathers; it gets a lane when it sleeps or waits, or when nobody else does anything. */
  #shownSlots(): number[] {
    const slots: number[] = [];
    for (let slot = 1; slot < this.#slots; slot += 1) if ((this.#count[slot] ?? 0) > 0) slots.push(slot);
    if ((this.#count[0] ?? 0) === 0) return slots;
    const { task } = this.#columns;
    const works = this.#doing.some((doing, event) => task[event] === -1 && (doing === Doing.wait || doing === Doing.sleep));
    return works || slots.length === 0 ? [0, ...slots] : slots;
  }

  #summed({ lanes, task, first, ms, doing }: Pick<Layout, "lanes" | "task" | "first" | "ms" | "doing">, shown: readonly number[]) {
    const [ending, atOnce] = [new Uint8Array(lanes), new Uint8Array(lanes)];
    const [sleptMs, waitedMs] = [new Float64Array(lanes), new Float64Array(lanes)];
    for (let lane = 0; lane < lanes; lane += 1) {
      const [start, end] = [first[lane] ?? 0, first[lane + 1] ?? 0];
      let slept = false;
      for (let at = start; at < end; at += 1) {
        const does = doing[at];
        if (does === Doing.sleep) slept = true;
        if (does !== Doing.sleep && does !== Doing.wait) continue;
        const sums = does === Doing.sleep ? sleptMs : waitedMs;
        // What nothing ends lasts for ever, unless the run is not over.
        const to = at + 1 < end ? (ms[at + 1] ?? 0) : this.#run.over === false ? (ms[at] ?? 0) : Infinity;
        sums[lane] = (sums[lane] ?? 0) + to - (ms[at] ?? 0);
      }
      // The operation itself has no end in older traces: it was over with the last thing it did.
      if (task[lane] === -1 && doing[end - 1] === Doing.run) doing[end - 1] = Doing.end;
      const ended = doing[end - 1] === Doing.end;
      ending[lane] = this.#endingOf(task[lane] ?? -1, ended);
      const instant = ended && ms[end - 1] === ms[start];
      atOnce[lane] = instant && !slept && this.#asked[shown[lane] ?? 0] === 0 ? 1 : 0;
    }
    return { ending, atOnce, sleptMs, waitedMs };
  }

  #endingOf(task: number, ended: boolean): Ending {
    if (!ended) return this.#run.over === false ? Ending.open : Ending.stuck;
    const answer = this.#run.answers[task] ?? "";
    return answer !== "" && this.#run.refused?.(answer, task) ? Ending.refused : Ending.done;
  }
}

const PASSED = 255;

/** Where a segment begins on an axis. */
export function beginOf(layout: Pick<Layout, "event" | "ms">, segment: number, order: boolean): number {
  return (order ? layout.event[segment] : layout.ms[segment]) ?? 0;
}

/** Where the segments of a lane are over: nothing ends the last one of a lane that waits for ever. */
export function laneEndOf(layout: Layout, lane: number, order: boolean): number {
  const last = (layout.first[lane + 1] ?? 0) - 1;
  return layout.doing[last] === Doing.end ? beginOf(layout, last, order) : Infinity;
}

/** Where a segment of a lane ends on an axis. */
export function endOf(layout: Pick<Layout, "first" | "doing" | "event" | "ms">, lane: number, segment: number, order: boolean): number {
  if (segment + 1 < (layout.first[lane + 1] ?? 0)) return beginOf(layout, segment + 1, order);
  return layout.doing[segment] === Doing.end ? beginOf(layout, segment, order) : Infinity;
}

/** The lane of a segment. */
export function laneOfSegment(layout: Layout, segment: number): number {
  return layout.laneOfTask[(layout.run.columns.task[layout.event[segment] ?? -1] ?? -1) + 1] ?? -1;
}
