import type { Phrase } from "../../i18n/index.js";
import { strings } from "./strings.js";

const sources = import.meta.glob<string>("./examples/*.py", { query: "?raw", import: "default", eager: true });

/** A program to begin with. */
export interface Example {
  readonly id: string;
  readonly title: Phrase<string>;
  readonly text: string;
  /** How its chart is best read. */
  readonly axis: "time" | "order";
}

const listed: readonly (readonly [id: string, title: Phrase<string>, axis?: Example["axis"]])[] = [
  ["lock_outside", strings.lockOutside],
  ["lock_inside", strings.lockInside],
  ["two_locks", strings.twoLocks],
  ["worker_pool", strings.workerPool],
  ["back_pressure", strings.backPressure],
  ["give_up", strings.giveUp],
  ["ping_pong", strings.pingPong, "order"],
];

export const examples: readonly Example[] = listed.map(([id, title, axis = "time"]) => ({
  id,
  title,
  text: sources[`./examples/${id}.py`] ?? "",
  axis,
}));

/** What a new program begins with. */
export const blank = sources["./examples/new.py"] ?? "";
