import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../i18n/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import { differenceOf, type Difference } from "../../timing/compare.js";
import { differenceSentence } from "../../timing/readout.js";
import { told, type About, type Told } from "../../timing/told.js";
import { l6Kinds } from "../../words/index.js";
import { limitOf, sleepKindOf, type Run, type SleepKind } from "./runs.js";
import { reasonOf, type Voice } from "./sentences.js";
import { runsOf, type Session } from "./session.js";
import { MAX_BESIDE, strategyWord, type Strategy } from "./settings.js";
import { strings } from "./strings.js";

/** A run under its name. */
export interface Entry {
  readonly run: Run;
  readonly told: Told;
}

function kindName({ lang }: Voice, kind: SleepKind): string {
  return say(lang, l6Kinds[kind]);
}

/** Keeps what the chart has been given for as long as the runs are the same and are called the same. */
const known = new WeakMap<Run, Told>();

/** The runs with their names, the operation's own first. */
export function entriesOf(voice: Voice, session: Session, info: SystemInfo, operation: Operation): Entry[] {
  return runsOf(session).map((run) => ({ run, told: tell(run, aboutOf(voice, run, info, operation)) }));
}

function tell(run: Run, about: About): Told {
  const before = known.get(run);
  if (before?.title === about.title && before.detail === about.detail) return before;
  const now = told(run.record, about);
  known.set(run, now);
  return now;
}

function aboutOf(voice: Voice, run: Run, info: SystemInfo, operation: Operation): About {
  const { lang, noun } = voice;
  const other = run.strategy.kind === "other";
  const detail = run.strategy.kind === "own" ? say(lang, strings.asWritten) : "";
  return {
    id: run.strategy.kind === "own" ? "own" : strategyWord(run.strategy),
    title: nameOf(voice, run, operation, info),
    detail: !other ? detail : run.source.kind === "program" ? say(lang, strings.asProgram) : `${info.id}.${run.source.operation}`,
    noun,
    refused: run.refused,
    reason: (task) => reasonOf(lang, task, run.notes),
  };
}

/** How a run differs from the operation's own; a limit that was set is the cause. */
export function differenceFrom({ lang, limitName = "" }: Voice, own: Entry, other: Entry): string {
  const found = differenceOf(own.told, other.told);
  if (!found) return "";
  const [from, to] = [own.run.limit, other.run.limit];
  const limit: Difference["cause"] = from !== undefined && to !== undefined && from !== to ? { kind: "limit", name: limitName, from, to } : undefined;
  return differenceSentence(lang, Number.isFinite(found.byMs) ? { ...found, cause: limit ?? found.cause } : found, own.told.title);
}

function nameOf(voice: Voice, run: Run, operation: Operation, info: SystemInfo): string {
  const limit = run.limit !== undefined && voice.limitName ? `${voice.limitName} ${run.limit}` : "";
  if (run.strategy.kind === "limit") return limit;
  const kind = run.sleepKind ?? sleepKindOf(operation, info.patterns.l6);
  return kind ? kindName(voice, kind) : limit || operation.name;
}

/** What the bar above the chart needs. */
export interface Bar {
  readonly voice: Voice;
  readonly session: Session;
  readonly onBeside: (beside: readonly Strategy[]) => void;
}

/** What is set side by side; nothing where there is nothing to choose. */
export function strategiesBar({ voice, session, onBeside }: Bar): TemplateResult | typeof nothing {
  const { lang } = voice;
  const { beside, own, hasOther } = session;
  const has = (word: string): boolean => beside.some((strategy) => strategyWord(strategy) === word);
  const without = (word: string): Strategy[] => beside.filter((strategy) => strategyWord(strategy) !== word);
  const other: SleepKind = own.ok && own.sleepKind === "all_sleep" ? "fail_fast" : "all_sleep";
  const limits = beside.flatMap((strategy) => (strategy.kind === "limit" ? [strategy.limit] : []));
  const next = nextLimit(session, limits);
  if (!hasOther && !voice.limitName) return nothing;
  return html`<div class="bar" role="group" aria-label=${say(lang, strings.strategies)}>
    <span class="caption">${say(lang, strings.strategies)}</span>
    ${hasOther ? chip(kindName(voice, other), has("other"), () => onBeside(has("other") ? without("other") : [{ kind: "other" }, ...beside])) : nothing}
    ${limits.map((limit) => chip(`${voice.limitName} ${limit}`, true, () => onBeside(without(`limit-${limit}`))))}
    ${next !== undefined && beside.length < MAX_BESIDE
      ? chip(`${voice.limitName} ${next}`, false, () => onBeside([...beside, { kind: "limit", limit: next }]))
      : nothing}
  </div>`;
}

function chip(name: string, on: boolean, onClick: () => void): TemplateResult {
  return html`<button class="button chip" type="button" aria-pressed=${on} @click=${onClick}>
    <span class="sign" aria-hidden="true">${on ? "×" : "+"}</span>${name}
  </button>`;
}

/** The next number of permits or workers worth a look: the smallest that is not there yet. */
function nextLimit({ args, shape }: Session, limits: readonly number[]): number | undefined {
  const own = limitOf(args, shape);
  if (own === undefined) return undefined;
  for (let limit = 1; limit <= MAX_BESIDE + 2; limit += 1) if (limit !== own && !limits.includes(limit)) return limit;
  return undefined;
}
