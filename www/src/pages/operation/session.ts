import type { Kit } from "../../kit/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import type { Preset } from "./presets.js";
import { longestSleep, returnedAtOnce, turnedAway } from "./program.js";
import { runBeside, runOwn, sleepKindOf, twinOf, type Failure, type Outcome, type Question, type Run } from "./runs.js";
import { MAX_ITEMS, type Settings, type Strategy } from "./settings.js";
import { edited, shapeOf, templatesOf, type Templates, type WorkloadShape } from "./workload.js";

/** Something was asked for beyond what is drawn. */
export interface Capped {
  readonly asked: number;
  readonly cap: number;
}

/** What the settings came to: the workload, and what became of it in every strategy. */
export interface Session {
  readonly shape: WorkloadShape;
  readonly args: readonly unknown[];
  /** How many items the workload has, and which are meant to be turned away. */
  readonly items: number;
  readonly invalid: readonly number[];
  readonly limit: unknown;
  readonly beside: readonly Strategy[];
  /** Whether there is another kind to compare with. */
  readonly hasOther: boolean;
  readonly own: Outcome;
  readonly others: readonly Outcome[];
  readonly capped: Capped | undefined;
  /** Items that were meant to be valid, but were turned away. */
  readonly surprises: readonly number[];
}

/** The arguments typed by the reader could not be used. */
export interface BadArgs {
  readonly reason: "json" | "list";
  readonly message: string;
}

/** Reads arguments as typed. */
export function parseArgs(text: string): { readonly args: unknown[] } | BadArgs {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { args: value as unknown[] } : { reason: "list", message: "" };
  } catch (error) {
    return { reason: "json", message: error instanceof Error ? error.message : String(error) };
  }
}

/** The number a limit was typed as; a text that is no number stays a text, and the engine says what it thinks of it. */
export function limitValue(text: string): unknown {
  const number = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Runs the workload of the settings in every strategy. */
export function openSession(
  kit: Kit,
  info: SystemInfo,
  operation: Operation,
  preset: Preset,
  typed: readonly unknown[] | undefined,
  settings: Settings,
): Session {
  const shape = shapeOf(operation);
  const base = typed ?? preset.args;
  const question: Question = { kit, engine: preset.engine, info, operation, args: base };
  const { templates, sleepMs } = lookInto(question, shape);

  const capped = capOf(settings, base, shape);
  const items = Math.min(settings.items ?? itemCount(base, shape), MAX_ITEMS);
  const wanted = (settings.invalid ?? templates.turnedAway).filter((index) => index < items);
  const asked = limitAsked(settings, base, shape);
  const limit = shape.noun === "worker" && typeof asked === "number" ? Math.min(asked, MAX_ITEMS) : asked;
  const args = edited(base, shape, templates, { items, invalid: wanted, limit });

  const final = { ...question, args };
  const own = runOwn(final);
  const hasOther = sleepKindOf(operation, info.patterns.l6) !== undefined;
  const beside = settings.beside ?? defaultBeside(shape, hasOther, own);
  const usable = beside.filter((strategy) => (strategy.kind === "other" ? hasOther : shape.limit !== undefined));
  const others = own.ok ? usable.map((strategy) => runBeside(final, capStrategy(strategy, shape), sleepMs)) : [];
  return {
    shape,
    args,
    items,
    invalid: wanted,
    limit: shape.limit === undefined ? undefined : args[shape.limit],
    beside: usable,
    hasOther,
    own,
    others,
    capped,
    surprises: own.ok ? surprises(own, wanted, sleepKindOf(operation, info.patterns.l6)) : [],
  };
}

function capStrategy(strategy: Strategy, shape: WorkloadShape): Strategy {
  if (strategy.kind !== "limit" || shape.noun !== "worker") return strategy;
  return { kind: "limit", limit: Math.min(strategy.limit, MAX_ITEMS) };
}

/** Which items are turned away, and how long a sleep is: what the unchanged workload shows when there is room for all. */
function lookInto(question: Question, shape: WorkloadShape): { templates: Templates; sleepMs: number | undefined } {
  const items = shape.list === undefined ? [] : question.args[shape.list];
  const list = Array.isArray(items) ? (items as unknown[]).slice(0, MAX_ITEMS) : [];
  const args = question.args.map((arg, index) =>
    index === shape.limit ? Math.max(1, list.length) : index === shape.list && Array.isArray(arg) ? list : arg,
  );
  const look = (operation: Operation): Run | undefined => {
    const run = runOwn({ ...question, operation, args });
    return run.ok ? run : undefined;
  };
  const own = shape.noun === "worker" ? undefined : look(question.operation);
  // An all-sleep run does not tell which items are missing; its fail-fast twin does.
  const twin = twinOf(question.info, question.operation);
  const looks = [own, twin && look(twin)].flatMap((run) => (run ? [run.layout] : []));
  const gated = question.operation.level === 6;
  return {
    templates: templatesOf(list, gated ? looks.flatMap(turnedAway) : []),
    sleepMs: (own && longestSleep(own.layout)) ?? plannedSleep(question.args),
  };
}

/** How long the plan of an external call sleeps. */
function plannedSleep(args: readonly unknown[]): number | undefined {
  const plan = args.find((arg) => typeof arg === "object" && arg !== null && "sleep_ms" in arg) as { sleep_ms: unknown } | undefined;
  return typeof plan?.sleep_ms === "number" && plan.sleep_ms > 0 ? plan.sleep_ms : undefined;
}

function limitAsked(settings: Settings, args: readonly unknown[], shape: WorkloadShape): unknown {
  if (settings.limit !== undefined) return limitValue(settings.limit);
  return shape.limit === undefined ? undefined : args[shape.limit];
}

function itemCount(args: readonly unknown[], shape: WorkloadShape): number {
  const items = shape.list === undefined ? [] : args[shape.list];
  return Array.isArray(items) ? items.length : 0;
}

function capOf(settings: Settings, args: readonly unknown[], shape: WorkloadShape): Capped | undefined {
  const limit = limitAsked(settings, args, shape);
  const workers = shape.noun === "worker" && typeof limit === "number" ? limit : 0;
  const asked = Math.max(settings.items ?? itemCount(args, shape), workers);
  return asked > MAX_ITEMS ? { asked, cap: MAX_ITEMS } : undefined;
}

/** A semaphore is compared with the other kind, a pool with a pool of another size. */
function defaultBeside(shape: WorkloadShape, hasOther: boolean, own: Outcome): Strategy[] {
  if (hasOther) return [{ kind: "other" }];
  if (shape.noun !== "worker" || !own.ok || own.limit === undefined || own.limit < 1) return [];
  return [{ kind: "limit", limit: own.limit === 1 ? 2 : 1 }];
}

function surprises(own: Run, invalid: readonly number[], kind: ReturnType<typeof sleepKindOf>): number[] {
  if (kind !== "fail_fast") return [];
  return returnedAtOnce(own.layout).filter((task) => !invalid.includes(task));
}

/** The runs that can be drawn, the operation's own first. */
export function runsOf(session: Session): Run[] {
  return [session.own, ...session.others].filter((outcome): outcome is Run => outcome.ok);
}

/** What could not be run. */
export function failuresOf(session: Session): Failure[] {
  return [session.own, ...session.others].filter((outcome): outcome is Failure => !outcome.ok);
}

