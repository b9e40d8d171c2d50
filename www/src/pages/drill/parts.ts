import { css, html, nothing, type TemplateResult } from "lit";
import type { Localized } from "../../i18n/index.js";
import type { DrillForm, DrillMemory, DrillOutcome, DrillReview, DrillSegment, SystemTitles } from "../../kit/index.js";
import { href } from "../../router/index.js";
import { strings } from "./strings.js";

/** Styles of what several views of the page show. */
export const parts = css`
  .prompt {
    font-size: var(--text-21);
    line-height: 1.45;
    max-width: 42em;
    text-wrap: pretty;
    overflow-wrap: break-word;
  }
  .prompt.code {
    font-family: var(--font-code);
    font-size: var(--text-17);
    line-height: 1.6;
    overflow-wrap: anywhere;
  }
  /* A signature that wraps on a narrow screen hangs under its own name. */
  .prompt.code .line {
    display: block;
    padding-inline-start: 2ch;
    text-indent: -2ch;
  }
  code {
    overflow-wrap: anywhere;
  }
  code.short {
    white-space: nowrap;
  }
  mark {
    color: inherit;
    background: var(--changed-soft);
    box-shadow: 0 0 0 2px var(--changed-soft);
    border-bottom: 2px solid var(--changed);
    border-radius: 2px;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
  }
  .sign {
    display: inline-block;
    width: 1.2em;
    font-weight: 650;
  }
  .is-right {
    color: var(--added);
  }
  .is-wrong {
    color: var(--removed);
  }
  .pointers {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--space-1) var(--space-4);
  }
  .pointers a,
  .pointers span {
    display: inline-block;
    padding-block: 2px;
  }
  @media (pointer: coarse) {
    .pointers a {
      padding-block: 10px;
    }
  }
  @media (max-width: 720px) {
    .prompt {
      font-size: var(--text-17);
    }
    .prompt.code {
      font-size: var(--text-15);
    }
  }
`;

/** A prompt, its signals marked. */
export function promptOf(form: DrillForm, segments: readonly DrillSegment[], lang: string): TemplateResult {
  if (form !== "code") return html`<p class="prompt" lang=${lang}>${runsOf(segments)}</p>`;
  return html`<pre class="prompt code" lang=${lang}>${linesOf(segments).map((line) => html`<span class="line">${runsOf(line)}</span>`)}</pre>`;
}

/** Runs with their marks and their code, which may begin in one run and end in another. */
function runsOf(segments: readonly DrillSegment[]): unknown[] {
  let code = false;
  return segments.map(({ text, signal }) => {
    const pieces = text.split("`").map((piece, index) => {
      if (index > 0) code = !code;
      return code && piece !== "" ? codeOf(piece) : piece;
    });
    return signal ? html`<mark>${pieces}</mark>` : pieces;
  });
}

/** A piece of code; a short one is not broken over two lines. */
function codeOf(text: string): TemplateResult {
  return html`<code class=${text.length <= 26 ? "short" : ""}>${text}</code>`;
}

/** A text of a deck or of the engines, the code in its backticks set as code. */
export function rich(text: string): unknown {
  return text.split("`").map((piece, index) => (index % 2 === 1 ? codeOf(piece) : piece));
}

/** The same without marks, to be read aloud. */
export function plain(text: string): string {
  return text.replaceAll("`", "");
}

/** Cuts runs at line ends, so that each line can be laid out as a block. */
export function linesOf(segments: readonly DrillSegment[]): DrillSegment[][] {
  const lines: DrillSegment[][] = [[]];
  for (const { text, signal } of segments) {
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (piece !== "") lines.at(-1)?.push({ text: piece, signal });
    }
  }
  return lines;
}

/** The language that a prompt is written in. */
export function promptLang(i18n: Localized, englishOnly: boolean): string {
  return englishOnly ? "en" : i18n.lang;
}

/** Where to look: the levels of the systems that show a pattern. One that is not in the catalogue is named, not linked. */
export function pointersOf(i18n: Localized, titles: SystemTitles, { pointers }: DrillReview): TemplateResult {
  return html`<span class="pointers">
    ${[...bySystem(pointers)].slice(0, 3).map(([system, levels]) => {
      const title = titles.get(system);
      const words = `${title ? i18n.text(title) : system} ${levels.map((level) => i18n.t(strings.level, level)).join(", ")}`;
      return title ? html`<a href=${href(`/systems/${system}`)}>${words}</a>` : html`<span>${words}</span>`;
    })}
  </span>`;
}

/** The levels of each system in ascending order; the systems stay in theirs. */
function bySystem(pointers: DrillReview["pointers"]): Map<string, number[]> {
  const levels = new Map<string, number[]>();
  for (const { system, level } of pointers) levels.set(system, [...(levels.get(system) ?? []), level].sort());
  return levels;
}

const signs: Record<DrillOutcome, string> = { right: "✓", wrong: "✗", timed_out: "–", passed: "–" };

/** Right or not, as a sign beside the word. */
export function signOf(outcome: DrillOutcome): TemplateResult {
  return html`<span class="sign ${outcome === "right" ? "is-right" : "is-wrong"}" aria-hidden="true">${signs[outcome]}</span>`;
}

/** What an outcome is called. */
export function outcomeWord(i18n: Localized, outcome: DrillOutcome): string {
  return i18n.t(strings[outcome]);
}

/** A time to come, in minutes: "in 10 minutes", "in 4 days". */
export function whenIn(i18n: Localized, minutes: number): string {
  if (minutes < 60) return i18n.t(strings.inMinutes, Math.max(1, Math.round(minutes)));
  if (minutes < 24 * 60) return i18n.t(strings.inHours, Math.round(minutes / 60));
  return i18n.t(strings.inDays, Math.round(minutes / (24 * 60)));
}

/** What is remembered of a card: "Seen once before, right once · next in 4 days". */
export function memoryOf(i18n: Localized, before: DrillMemory | null, now: DrillMemory): string {
  const past = before ? i18n.t(strings.before, before.seen, before.right) : i18n.t(strings.first);
  return `${past} · ${i18n.t(strings.again, whenIn(i18n, now.intervalMin))}`;
}

/** A span of time: "8.4 s", "2 min 5 s". */
export function spanOf(i18n: Localized, ms: number): string {
  if (ms < 60_000) return `${i18n.number(Math.round(ms / 100) / 10)} ${i18n.lang === "en" ? "s" : "秒"}`;
  const whole = Math.round(ms / 1000);
  const [min, s] = i18n.lang === "en" ? ["min", "s"] : ["分", "秒"];
  return `${i18n.number(Math.floor(whole / 60))} ${min} ${whole % 60} ${s}`;
}

/** Draws `content` only if there is any. */
export function maybe<T>(value: T | null | undefined, content: (value: T) => TemplateResult): TemplateResult | typeof nothing {
  return value === null || value === undefined ? nothing : content(value);
}
