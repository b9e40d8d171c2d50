import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../i18n/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import { l6Kinds } from "../../words/index.js";
import type { Axis } from "./model.js";
import { limitOf, sleepKindOf, type Run, type SleepKind } from "./runs.js";
import { differenceSentence, type Voice } from "./sentences.js";
import { runsOf, type Session } from "./session.js";
import { MAX_BESIDE, strategyWord, type Strategy } from "./settings.js";
import { strings } from "./strings.js";
import { differenceOf } from "./why.js";

/** A run with its name and how it differs from the first. */
export interface Entry {
  readonly id: string;
  readonly run: Run;
  readonly name: string;
  readonly detail: string;
  readonly difference: string;
}

function kindName({ lang }: Voice, kind: SleepKind): string {
  return say(lang, l6Kinds[kind]);
}

/** The runs with their names, the operation's own first, each later one with what is different about it. */
export function entriesOf(voice: Voice, session: Session, info: SystemInfo, operation: Operation): Entry[] {
  const { lang } = voice;
  const runs = runsOf(session);
  const [own] = runs;
  return runs.map((run): Entry => {
    const source = run.source.kind === "program" && run.strategy.kind === "other" ? say(lang, strings.asProgram) : "";
    const called = run.source.kind === "operation" && run.strategy.kind === "other" ? `${info.id}.${run.source.operation}` : "";
    return {
      id: run.strategy.kind === "own" ? "own" : strategyWord(run.strategy),
      run,
      name: nameOf(voice, run, operation, info),
      detail: run.strategy.kind === "own" ? say(lang, strings.asWritten) : source || called,
      difference:
        own && run !== own ? differenceSentence(voice, differenceOf(own.timeline, run.timeline, [own.limit, run.limit])) : "",
    };
  });
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
  readonly axis: Axis;
  readonly canChooseAxis: boolean;
  readonly onBeside: (beside: readonly Strategy[]) => void;
  readonly onAxis: (axis: Axis) => void;
}

/** What is set side by side, and along which axis. */
export function strategiesBar({ voice, session, axis, canChooseAxis, onBeside, onAxis }: Bar): TemplateResult {
  const { lang } = voice;
  const { beside, own, hasOther } = session;
  const has = (word: string): boolean => beside.some((strategy) => strategyWord(strategy) === word);
  const without = (word: string): Strategy[] => beside.filter((strategy) => strategyWord(strategy) !== word);
  const other: SleepKind = own.ok && own.sleepKind === "all_sleep" ? "fail_fast" : "all_sleep";
  const limits = beside.flatMap((strategy) => (strategy.kind === "limit" ? [strategy.limit] : []));
  const next = nextLimit(session, limits);
  return html`<div class="bar">
    ${hasOther || voice.limitName
      ? html`<div class="chips" role="group" aria-label=${say(lang, strings.strategies)}>
          <span class="caption">${say(lang, strings.strategies)}</span>
          ${hasOther ? chip(kindName(voice, other), has("other"), () => onBeside(has("other") ? without("other") : [{ kind: "other" }, ...beside])) : nothing}
          ${limits.map((limit) =>
            chip(`${voice.limitName} ${limit}`, true, () => onBeside(without(`limit-${limit}`))),
          )}
          ${next !== undefined && beside.length < MAX_BESIDE
            ? chip(`${voice.limitName} ${next}`, false, () => onBeside([...beside, { kind: "limit", limit: next }]))
            : nothing}
        </div>`
      : nothing}
    ${canChooseAxis ? axes(voice, axis, onAxis) : nothing}
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

function axes({ lang }: Voice, axis: Axis, onAxis: (axis: Axis) => void): TemplateResult {
  const choice = (value: Axis, text: string): TemplateResult =>
    html`<label><input type="radio" name="axis" .checked=${axis === value} @change=${() => onAxis(value)} />${text}</label>`;
  return html`<fieldset class="axes">
    <legend class="visually-hidden">${say(lang, strings.axis)}</legend>
    ${choice("time", say(lang, strings.byTime))}${choice("order", say(lang, strings.byOrder))}
  </fieldset>`;
}
