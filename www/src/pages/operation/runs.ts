import type { Kit, Timeline } from "../../kit/index.js";
import type { Change, ErrorCode, L6Kind, Note, Operation, SpecsightError, SystemInfo } from "../../kit/types.js";
import { layOut, type Layout } from "../../timeline/layout.js";
import { recordOf, type RunRecord } from "../../timing/record.js";
import { longestSleep, programOf, type Rewrite } from "./program.js";
import type { Strategy } from "./settings.js";
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
  readonly record: RunRecord;
  readonly layout: Layout;
  /** Whether an answer turns an item away. */
  readonly refused: (answer: string) => boolean;
  /** Everything that the call changed. */
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  /** Permits or workers. */
  readonly limit: number | undefined;
  readonly callText: string | undefined;
}

/** A workload that did not run to its end. */
export interface Failure {
  readonly ok: false;
  readonly strategy: Run["strategy"];
  readonly code: ErrorCode | "no_sleep";
  readonly message: string;
  /** The parameter that is to blame, if it is known. */
  readonly param: string | undefined;
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
  const { engine, info } = question;
  try {
    const { notes, ...record } = recorded(engine.timeline(operation.name, [...args]));
    return finished(question, record, {
      strategy,
      limit: limitOf(args, shapeOf(operation)),
      source: { kind: "operation", operation: operation.name },
      sleepKind: sleepKindOf(operation, info.patterns.l6),
      notes,
      // What never ends has no answer, so there is no call to show.
      ...(record.outcome?.kind === "deadlock" ? { changes: [], callText: undefined } : called(engine, operation, args)),
    });
  } catch (error) {
    return failed(operation, strategy, error);
  }
}

/** Takes everything out of a timeline, which is free afterwards. */
function recorded(timeline: Timeline): RunRecord & Pick<Run, "notes"> {
  try {
    while (!timeline.advance().done);
    return { ...recordOf(timeline), notes: timeline.notes() };
  } finally {
    timeline.free();
  }
}

/** The call itself, on a fork. */
function called(base: Engine, operation: Operation, args: readonly unknown[]): Pick<Run, "changes" | "callText"> {
  const engine = base.fork();
  try {
    const { changes, callText } = engine.simulate(operation.name, [...args]);
    return { changes, callText };
  } finally {
    engine.free();
  }
}

function finished({ operation }: Question, record: RunRecord, particulars: Omit<Run, "ok" | "record" | "layout" | "refused">): Run {
  const refused = refusals(operation);
  return { ok: true, record, layout: layOut({ id: "", title: "", ...record, refused }), refused, ...particulars };
}

export function limitOf(args: readonly unknown[], shape: WorkloadShape): number | undefined {
  const value = shape.limit === undefined ? undefined : args[shape.limit];
  return typeof value === "number" ? value : undefined;
}

/** The workload with the kind turned round, as a program: what the operation's tasks did, with or without the gate. */
function rewrite(question: Question, strategy: Strategy, sleepMs: number | undefined): Outcome {
  const { operation, args, info, kit } = question;
  const source = traced(question);
  if (!source.ok) return { ...source, strategy };
  const turned = sleepKindOf(operation, info.patterns.l6) === "all_sleep" ? "fail_fast" : "all_sleep";
  const length = longestSleep(source.layout) ?? sleepMs;
  if (turned === "all_sleep" && length === undefined) return { ok: false, strategy, code: "no_sleep", message: "", param: undefined };
  const change: Rewrite = turned === "all_sleep" ? { kind: "all-sleep", sleepMs: length ?? 0 } : { kind: "fail-fast" };
  const limit = limitOf(args, shapeOf(operation)) ?? source.layout.lanes;
  try {
    const record = recorded(kit.Timeline.ofProgram(programOf(source.layout, change, limit)));
    // The items are the same ones, and the engine is who knows what they answer.
    const { labels, answers } = source.record;
    const asProgram = { strategy, limit, source: { kind: "program" }, sleepKind: turned, notes: source.notes, changes: [], callText: undefined } as const;
    return finished(question, { ...record, labels, answers }, asProgram);
  } catch (error) {
    return failed(operation, strategy, error);
  }
}

/** What the operation does. One that deadlocks stops on the way; then with permits for everybody. */
function traced(question: Question): Outcome {
  const own = runOwn(question);
  if (!own.ok || own.record.outcome?.kind !== "deadlock") return own;
  const { operation, args } = question;
  const { limit } = shapeOf(operation);
  const room = Math.max(1, ...args.map((arg) => (Array.isArray(arg) ? arg.length : 0)));
  return runOwn({ ...question, args: args.map((arg, index) => (index === limit ? room : arg)) });
}

function failed(operation: Operation, strategy: Run["strategy"], error: unknown): Failure {
  const { code, message, index } = error instanceof Error ? (error as SpecsightError) : ({} as Partial<SpecsightError>);
  return {
    ok: false,
    strategy,
    code: code ?? "bad_argument",
    message: message ?? String(error),
    param: index === undefined ? undefined : operation.params[index]?.name,
  };
}
