import type { Change, Kit, Operation, Scenario, ScenarioStep, SystemInfo, Text, ViewNode } from "../kit/index.js";
import type { StoryEntry } from "./file.js";

/** A call of the reader or of a story. */
export interface Call {
  operation: string;
  args: unknown[];
  /** The time of the clock, for systems whose methods take no timestamp. */
  clock?: number;
  watch?: Text;
}

/** The calls of a story, each with the time of the clock that stands before it. */
export function callsOf(entries: readonly StoryEntry[]): Call[] {
  const calls: Call[] = [];
  let clock: number | undefined;
  for (const entry of entries) {
    if ("clock" in entry) {
      clock = entry.clock;
      continue;
    }
    const { call: operation, args, watch } = entry;
    calls.push({ operation, args, ...(clock === undefined ? {} : { clock }), ...(watch ? { watch } : {}) });
    clock = undefined;
  }
  return calls;
}

/** A constructor argument as Python writes it; they are numbers, texts or nothing. */
function repr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

/**
 * A scenario with what the pages need beside it. Positions count calls: 0 is the fresh system, `length` the end. The
 * scenario holds every state, so any position is one look-up; nothing is replayed.
 */
export class Track {
  readonly system: SystemInfo;
  readonly #scenario: Scenario;
  readonly #calls: Call[] = [];
  readonly #steps = new Map<number, ScenarioStep>();
  readonly #operations: ReadonlyMap<string, Operation>;

  /** The constructor's call as Python. */
  readonly constructorText: string;

  constructor(kit: Kit, system: SystemInfo, config: unknown[] = []) {
    this.system = system;
    this.constructorText = `${system.className}(${config.map(repr).join(", ")})`;
    this.#scenario = new kit.Scenario(system.id, config);
    this.#operations = new Map(system.operations.map((operation) => [operation.name, operation]));
  }

  get length(): number {
    return this.#scenario.length;
  }

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Makes a call at the end. */
  push(call: Call): ScenarioStep {
    if (call.clock !== undefined) this.#scenario.setClock(call.clock);
    const step = this.#scenario.push(call.operation, call.args);
    this.#calls.push(call);
    return step;
  }

  /** Forgets every call from a position on, and gives them back. */
  truncate(length: number): Call[] {
    const dropped = this.#calls.splice(length);
    this.#scenario.truncate(length);
    for (const key of [...this.#steps.keys()]) if (key > length) this.#steps.delete(key);
    return dropped;
  }

  /** The call that led to a position (from 1). */
  step(position: number): ScenarioStep {
    let step = this.#steps.get(position);
    if (!step) this.#steps.set(position, (step = this.#scenario.step(position - 1)));
    return step;
  }

  /** What the call that led to a position changed. */
  changes(position: number): readonly Change[] {
    if (position === 0) return [];
    const step = this.step(position);
    return step.ok ? step.changes : [];
  }

  /** The state at a position: so many entries of each container, and every changed one whatever the number. */
  view(position: number, limit: number): ViewNode {
    const reveal = this.changes(position).map((change) => change.path);
    return this.#scenario.view(position, { limit, reveal });
  }

  /** The state before the call that led to a position, with the entries that the call removed. */
  viewBefore(position: number, limit: number): ViewNode {
    const removed = this.changes(position).filter((change) => change.kind === "removed");
    return this.#scenario.view(position - 1, { limit, reveal: removed.map((change) => change.path) });
  }

  operation(name: string): Operation | undefined {
    return this.#operations.get(name);
  }

  /** The time at a position: the timestamp of the last call that had one, else the clock. */
  clock(position: number): number | undefined {
    for (let at = position; at > 0; at--) {
      const call = this.#calls[at - 1];
      const index = call && this.operation(call.operation)?.params.findIndex((param) => param.name === "timestamp");
      const time = index === undefined ? undefined : call?.args[index];
      if (typeof time === "number") return time;
      if (call?.clock !== undefined) return call.clock;
    }
    return undefined;
  }

  free(): void {
    this.#scenario.free();
  }
}
