import { html, nothing, svg, type TemplateResult } from "lit";
import { say, type Lang } from "../i18n/index.js";
import { Doing, Ending, Held, type Layout } from "./layout.js";
import { strings } from "./strings.js";

/** What the runs of a chart show, so that the legend explains that and nothing else. */
export interface Shown {
  readonly wait: boolean;
  readonly sleep: boolean;
  readonly semaphore: boolean;
  readonly lock: boolean;
  readonly cut: boolean;
  readonly once: boolean;
  readonly refused: boolean;
  readonly done: boolean;
  readonly critical: boolean;
}

/** Looks through the lanes; `order` shows what takes no time as well. */
export function shownIn(layouts: readonly Layout[], order: boolean, critical: boolean): Shown {
  const held = (bit: number, kind: string): boolean =>
    layouts.some(({ run, holds, held: all }) =>
      order ? all.some((flags) => (flags & bit) !== 0) : run.resources.some((it, at) => it.kind === kind && holds.lasting[at] === 1),
    );
  const some = (does: Doing, column: "sleptMs" | "waitedMs"): boolean =>
    layouts.some((layout) => (order ? layout.doing.includes(does) : layout[column].some((ms) => ms > 0)));
  return {
    wait: some(Doing.wait, "waitedMs"),
    sleep: some(Doing.sleep, "sleptMs"),
    semaphore: held(Held.semaphore, "semaphore"),
    lock: held(Held.lock, "lock"),
    cut: layouts.some((layout) => layout.cut),
    once: !order && layouts.some((layout) => layout.atOnce.includes(1)),
    refused: layouts.some((layout) => layout.ending.includes(Ending.refused)),
    done: layouts.some((layout) => layout.ending.includes(Ending.done)),
    critical: critical && layouts.some(({ run }) => (run.critical?.length ?? 0) > 0),
  };
}

/** Explains the marks, each as it is drawn. */
export function legend(lang: Lang, shown: Shown): TemplateResult {
  const mark = (drawn: boolean, drawing: unknown, text: string): unknown =>
    drawn ? html`<li><svg aria-hidden="true" width="26" height="16">${drawing}</svg>${text}</li>` : nothing;
  const bar = (fill: string, stroke = "none"): unknown => svg`<rect x="1.5" y="2.5" width="23" height="11" rx="3" fill=${fill} stroke=${stroke} />`;
  return html`
    <svg class="defs" aria-hidden="true" width="0" height="0">
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M-1 7L7 -1M-4 4L4 -4M2 10L10 2" stroke="var(--lane-wait)" stroke-width="1.6" />
        </pattern>
        <pattern id="wave" width="12" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 3q3 -3 6 0t6 0" fill="none" stroke="var(--paper)" stroke-opacity="0.65" />
        </pattern>
        <pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect x="1" width="1" height="4" fill="var(--paper)" fill-opacity="0.36" />
        </pattern>
      </defs>
    </svg>
    <ul class="legend">
      ${mark(shown.wait, bar("url(#hatch)", "var(--lane-wait)"), say(lang, strings.legendWait))}
      ${mark(shown.sleep, [bar("var(--lane-sleep)"), bar("url(#wave)")], say(lang, strings.legendSleep))}
      ${mark(shown.semaphore, bar("var(--lane-hold)"), say(lang, strings.legendHold))}
      ${mark(shown.lock, [bar("var(--ink-2)"), bar("url(#stripes)")], say(lang, strings.legendLock))}
      ${mark(shown.cut, svg`<path d="M8 14l5 -12M13 14l5 -12" stroke="var(--lane-failed)" stroke-width="2" />`, say(lang, strings.legendCut))}
      ${mark(shown.once, svg`<rect x="11" y="2" width="3" height="12" rx="1" fill="var(--ink)" />`, say(lang, strings.legendOnce))}
      ${mark(shown.refused, svg`<path d="M9 4l8 8m0 -8l-8 8" stroke="var(--lane-failed)" stroke-width="2" stroke-linecap="round" />`, say(lang, strings.legendRefused))}
      ${mark(shown.done, svg`<rect x="11" y="1" width="3.5" height="14" rx="1.75" fill="var(--lane-done)" />`, say(lang, strings.legendDone))}
      ${mark(shown.critical, svg`<rect x="2" y="3" width="22" height="10" rx="4" fill="none" stroke="var(--changed)" stroke-width="2" />`, say(lang, strings.legendCritical))}
    </ul>
  `;
}
