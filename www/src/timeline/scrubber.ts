import { html, type TemplateResult } from "lit";
import { say, type Lang } from "../i18n/index.js";
import { msIn } from "./names.js";
import type { Stage } from "./stage.js";
import { strings } from "./strings.js";

/** The handle of the time cursor: a slider over the part of the axis that is shown. `move` gets where it was dragged to. */
export function scrubber(lang: Lang, stage: Stage, move: (at: number) => void): TemplateResult {
  const { shown, order, full, at } = stage;
  const value = Math.min(Math.max(at ?? full.to, shown.from), shown.to);
  return html`<input
    type="range"
    min=${shown.from}
    max=${shown.to > shown.from ? shown.to : shown.from + 1}
    step=${order ? "1" : "any"}
    .value=${String(full.to > 0 ? value : 1)}
    ?disabled=${full.to === 0}
    aria-label=${say(lang, order ? strings.orderAxis : strings.moment)}
    aria-valuetext=${momentText(lang, stage, value)}
    @input=${(event: Event) => move(Number((event.target as HTMLInputElement).value))}
    @keydown=${(event: KeyboardEvent) => onKey(event, stage, move)}
  />`;
}

function momentText(lang: Lang, { order, strips }: Stage, value: number): string {
  if (!order) return msIn(lang, Math.round(value * 10) / 10);
  const at = strips[0]?.layout.run.columns.atMs[Math.floor(value)] ?? 0;
  return say(lang, strings.eventAt, Math.floor(value), msIn(lang, at));
}

/** With a free step the browser's arrow keys are useless: they go from event to event instead. */
function onKey(event: KeyboardEvent, stage: Stage, move: (at: number) => void): void {
  const forward = event.key === "ArrowRight" || event.key === "ArrowUp";
  if (!forward && event.key !== "ArrowLeft" && event.key !== "ArrowDown") return;
  if (stage.order || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  move(stage.momentBeside(stage.at ?? stage.full.to, forward ? 1 : -1));
}
