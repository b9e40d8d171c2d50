import type { Kit, Timeline } from "../../kit/index.js";
import type { Change, ErrorCode, L6Kind, Note, Operation, SpecsightError, SystemInfo, TimelineAnalysis, TraceEvent } from "../../kit/types.js";
import { fromTrace, type TraceRun } from "../../timeline/from-trace.js";
import type { CriticalLink } from "../../timeline/run.js";
import { layOut } from "./layout.js";
import type { Timeline as Layout } from "./model.js";
import { eventsOf, programOf, type Rewrite } from "./program.js";
import type { Strategy } from "./settings.js";
import { commonSleepMs, whyTotal, type Why } from "./why.js";
import { shapeOf, type WorkloadShape } from "./workload.js";

type Engine = InstanceType<Kit["Engine"]>;

/** Where an invalid item is turned away: before the gate, or behind it. */
export type SleepKind = "fail_fast" | "all_sleep";

/** A workload that ran. */
export interface Run {
  readonly ok: true;
  /** How it was run: the operation as it is, or set beside it. */
  readonly strategy: Strategy | { readonly kind: "own" };
  /** The operation of the system, or a program written from its trace. */
  readonly source: { readonly kind: "operation"; readonly operation: string } | { readonly kind: "program" };
  readonly sleepKind: SleepKind | undefined;
  readonly timeline: Layout;
  readonly why: Why;
  readonly events: readonly TraceEvent[];
  /** The same as the chart takes it. */
  readonly drawn: TraceRun;
  readonly critical: readonly CriticalLink[];
  /** Everything that the call changed. */
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  /** Permits or workers. */
  readonly limit: number | undefined;
  readonly callText: string | undefined;
  readonly returnsText: string | undefined;
}

/** A workload that did not run to its end. */
export interface Failure {
  readonly ok: false;
  readonly strategy: Run["strategy"];
  readonly code: ErrorCode | "no_sleep";
  readonly message: string;
  /** The parameter that is to blame, if it is known. */
  readonly param: string | undefined;
  readonly waiting: readonly { readonly task: number; readonly resource: string }[];
}

export type Outcome = Run | Failure;

/** What is run: the operation of an engine that stands where the story stands. */
export interface Question {
  readonly kit: Kit;
  readonly engine: Engine;
  readonly info: SystemInfo;
  readonly operation: Operation;
  readonly args: readonly unknown[];
}

/** Answers that turn an item away: what the checks of the operation give, and what says so itself. */
export function refusals(operation: Operation): (answer: string) => boolean {
  const known = new Set(["False", ...operation.checks.map((check) => check.refusal)]);
  return (answer) => known.has(answer) || /^["'](error|failed|skipped)\b/.test(answer) || /["']status["']: ["']error["']/.test(answer);
}

/** Whether the operation is of the fail-fast or the all-sleep kind: its name tells, else the system's pattern. */
export function sleepKindOf(operation: Operation, l6: L6Kind): SleepKind | undefined {
  if (operation.level !== 6) return undefined;
  const named = /_(fail_fast|all_sleep)$/.exec(operation.name)?.[1] as SleepKind | undefined;
  return named ?? (l6 === "fail_fast" || l6 === "all_sleep" ? l6 : undefined);
}

/** The operation of the same system that differs from this one in nothing but its kind. */
export function twinOf(info: SystemInfo, operation: Operation): Operation | undefined {
  const stem = (name: string): string => name.replace(/_(fail_fast|all_sleep)$/, "");
  const signature = (other: Operation): string => JSON.stringify(other.params.map(({ name, type }) => [name, type]));
  return info.operations.find(
    (other) =>
      other.level === operation.level &&
      other.name !== operation.name &&
      stem(other.name) === stem(operation.name) &&
      signature(other) === signature(operation),
  );
}

/** Runs the operation as it is. */
export function runOwn(question: Question): Outcome {
  return simulate(question, question.operation, question.args, { kind: "own" });
}

/** Runs the workload in another way. `sleepMs` is for items that never slept. */
export function runBeside(question: Question, strategy: Strategy, sleepMs: number | undefined): Outcome {
  const { operation, args } = question;
  if (strategy.kind === "limit") {
    const { limit } = shapeOf(operation);
    const changed = args.map((arg, index) => (index === limit ? strategy.limit : arg));
    return simulate(question, operation, changed, strategy);
  }
  const twin = twinOf(question.info, operation);
  return twin ? simulate(question, twin, args, strategy) : rewrite(question, strategy, sleepMs);
}

function simulate(question: Question, operation: Operation, args: readonly unknown[], strategy: Run["strategy"]): Outcome {
  const engine = question.engine.fork();
  try {
    // Run aside, for its critical path; the simulation gives the rest.
    const aside = engine.timeline(operation.name, [...args]);
    const { critical } = analysed(aside);
    const simulation = engine.simulate(operation.name, [...args]);
    const limit = limitOf(args, shapeOf(operation));
    return finished(question, operation, strategy, simulation.events, limit, {
      source: { kind: "operation", operation: operation.name },
      sleepKind: sleepKindOf(operation, question.info.patterns.l6),
      critical,
      changes: simulation.changes,
      notes: simulation.notes,
      callText: simulation.callText,
      returnsText: simulation.returnsText,
    });
  } catch (error) {
    return stuckRun(question, operation, args, strategy, error) ?? failed(operation, strategy, error);
  } finally {
    engine.free();
  }
}

/** What a timeline's events come to; it is free afterwards. */
function analysed(timeline: Timeline): TimelineAnalysis {
  try {
    while (!timeline.advance().done);
    return timeline.analysis();
  } finally {
    timeline.free();
  }
}

type Particulars = Pick<Run, "source" | "sleepKind" | "notes" | "critical" | "changes" | "callText" | "returnsText">;

function finished(
  question: Question,
  operation: Operation,
  strategy: Run["strategy"],
  events: readonly TraceEvent[],
  limit: number | undefined,
  particulars: Particulars,
): Run {
  const refused = refusals(question.operation);
  const permits = limit === undefined ? {} : { permits: semaphores(events, limit) };
  const timeline = layOut(events, { refused, ...permits });
  const pool = shapeOf(operation).noun === "worker";
  const drawn = fromTrace(events, permits);
  return { ok: true, strategy, timeline, why: whyTotal(timeline, { pool }), events, drawn, limit, ...particulars };
}

/** Every semaphore of these operations has the permits it was called with. */
function semaphores(events: readonly TraceEvent[], limit: number): Record<string, number> {
  const names = events.flatMap(({ resource }) => (resource?.startsWith("semaphore:") ? [resource.slice(10)] : []));
  return Object.fromEntries(names.map((name) => [name, limit]));
}

export function limitOf(args: readonly unknown[], shape: WorkloadShape): number | undefined {
  const value = shape.limit === undefined ? undefined : args[shape.limit];
  return typeof value === "number" ? value : undefined;
}

/** The workload with the kind turned round, as a program: what the operation's tasks did, with or without the gate. */
function rewrite(question: Question, strategy: Strategy, sleepMs: number | undefined): Outcome {
  const { operation, args, info } = question;
  const kind = sleepKindOf(operation, info.patterns.l6);
  const source = traced(question);
  if (!source.ok) return { ...source, strategy };
  const semaphore = source.timeline.tracks.find((track) => track.kind === "semaphore");
  const limit = limitOf(args, shapeOf(operation)) ?? semaphore?.capacity ?? source.timeline.lanes.length;
  const turned = kind === "all_sleep" ? "fail_fast" : "all_sleep";
  const length = commonSleepMs(source.timeline) ?? longestSleep(source.timeline) ?? sleepMs;
  if (turned === "all_sleep" && length === undefined) {
    return { ok: false, strategy, code: "no_sleep", message: "", param: undefined, waiting: [] };
  }
  const change: Rewrite = turned === "all_sleep" ? { kind: "all-sleep", sleepMs: length ?? 0 } : { kind: "fail-fast" };
  return asProgram(question, strategy, source, change, limit, turned);
}

function longestSleep({ lanes }: Layout): number | undefined {
  const lengths = lanes.flatMap((lane) => lane.spans.flatMap((s) => (s.doing === "sleep" ? [s.toMs - s.fromMs] : [])));
  return lengths.length > 0 ? Math.max(...lengths) : undefined;
}

function asProgram(
  question: Question,
  strategy: Run["strategy"],
  source: Run,
  change: Rewrite,
  limit: number,
  sleepKind: SleepKind | undefined,
): Outcome {
  const lanes = source.timeline.lanes;
  try {
    const program = programOf(source.events, lanes, change, () => limit);
    const run = question.kit.simulateProgram(program);
    const { critical } = analysed(question.kit.Timeline.ofProgram(program));
    return finished(question, question.operation, strategy, eventsOf(run.log, lanes), limit, {
      source: { kind: "program" },
      sleepKind,
      critical,
      changes: [],
      notes: source.notes,
      callText: undefined,
      returnsText: undefined,
    });
  } catch (error) {
    return failed(question.operation, strategy, error);
  }
}

/** The trace of the operation. One that deadlocks leaves none; then with permits for everybody. */
function traced(question: Question): Outcome {
  const own = runOwn(question);
  if (!own.ok || own.source.kind === "operation") return own;
  return runOwn({ ...question, args: withLimit(question, roomForAll(question.args)) });
}

function withLimit({ operation, args }: Question, limit: number): unknown[] {
  const position = shapeOf(operation).limit;
  return args.map((arg, index) => (index === position ? limit : arg));
}

function roomForAll(args: readonly unknown[]): number {
  return Math.max(1, ...args.map((arg) => (Array.isArray(arg) ? arg.length : 0)));
}

/**
 * A deadlock for want of permits has no trace, but it can be drawn: what the items do when there is room, as a program
 * without permits.
 */
function stuckRun(
  question: Question,
  operation: Operation,
  args: readonly unknown[],
  strategy: Run["strategy"],
  error: unknown,
): Run | undefined {
  const limit = limitOf(args, shapeOf(operation));
  if (codeOf(error) !== "deadlock" || limit !== 0) return undefined;
  const roomy = { ...question, operation, args: withLimit({ ...question, operation, args }, roomForAll(args)) };
  const source = simulate(roomy, operation, roomy.args, strategy);
  if (!source.ok) return undefined;
  const run = asProgram(roomy, strategy, source, { kind: "as-run" }, 0, source.sleepKind);
  return run.ok ? run : undefined;
}

function codeOf(error: unknown): ErrorCode | undefined {
  return error instanceof Error ? (error as SpecsightError).code : undefined;
}

function failed(operation: Operation, strategy: Run["strategy"], error: unknown): Failure {
  const { code, message, index, waiting } = error instanceof Error ? (error as SpecsightError) : ({} as Partial<SpecsightError>);
  return {
    ok: false,
    strategy,
    code: code ?? "bad_argument",
    message: message ?? String(error),
    param: index === undefined ? undefined : operation.params[index]?.name,
    waiting: waiting ?? [],
  };
}
