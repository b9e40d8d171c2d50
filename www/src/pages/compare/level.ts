import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Operation } from "../../kit/index.js";
import { spoken } from "../../story/sentences.js";
import { docOf } from "../../words/docs.js";
import { levels, patternsOf } from "../../words/index.js";
import { differs, type LevelRows, type Row } from "./comparison.js";
import { marksOf, type Side } from "./differences.js";
import { differenceOf, sharedCheckOf } from "./sentences.js";
import { timestampOf } from "./shape.js";
import { signature } from "./signature.js";
import { strings } from "./strings.js";
import { cell, sayings, type Said, type View } from "./view.js";

const sides = ["left", "right"] as const;

/** A level: its pattern on both sides, its methods, and the variants that are known. */
export function levelPart(view: View, { level, rows }: LevelRows): TemplateResult {
  const { t, differencesOnly } = view;
  const shown = differencesOnly ? rows.filter(differs) : rows;
  const pattern = patternRow(view, level);
  const empty = shown.length > 0 ? nothing : html`<p class="quiet">${t.t(rows.length > 0 ? strings.nothingDiffers : strings.noMethods)}</p>`;
  return html`<section class="part" aria-labelledby="level-${level}">
    <h2 id="level-${level}"><span class="level">L${level}</span>${t.t(levels[level])}</h2>
    <div class="body">
      ${pattern}
      <ol class="rows">
        ${repeat(shown, keyOf, (row) => html`<li class="row ${row.kind}">${row.kind === "pair" ? pairCells(view, row) : aloneCells(view, row)}</li>`)}
      </ol>
      ${empty} ${variants(view, level)}
    </div>
  </section>`;
}

function keyOf(row: Row): string {
  return row.kind === "pair" ? `${row.left.name} ${row.right.name}` : `${row.kind} ${row.operation.name}`;
}

function patternRow(view: View, level: number): TemplateResult | typeof nothing {
  const { t, comparison, differencesOnly } = view;
  const [left, right] = sides.map((side) => patternsOf(comparison[side]).find((each) => each.level === level));
  if (!left || !right) return nothing;
  const same = left.query === right.query;
  if (same && differencesOnly) return nothing;
  const words = (pattern: typeof left): TemplateResult => html`<p class="pattern">${t.t(pattern.words)}</p>`;
  return html`<div class="row pattern-row">
    <h3 class="label">${t.t(strings.pattern)}</h3>
    ${cell(view, "left", words(left))} ${cell(view, "right", words(right))}
    ${sayings(patternSayings(view, left.query, right.query))}
  </div>`;
}

/** A pattern may be made of parts: `single lock, sorted pair lock`. */
function patternSayings({ t, differencesOnly }: View, left: string, right: string): Said[] {
  if (left === right) return [{ same: true, words: t.t(strings.samePattern) }];
  const ofRight = right.split(", ");
  const shared = left.split(", ").filter((part) => ofRight.includes(part));
  const said: Said = { same: false, words: t.t(strings.otherPattern) };
  if (shared.length === 0 || differencesOnly) return [said];
  return [said, { same: true, words: t.t(strings.sharedPattern, shared.join(t.t(strings.listMark))) }];
}

function pairCells(view: View, row: Extract<Row, { kind: "pair" }>): TemplateResult {
  const { lang } = view.t;
  const said: Said[] = row.differences.map((difference) => ({ same: false, words: differenceOf(lang, difference, view.names) }));
  if (!view.differencesOnly) {
    if (said.length === 0) said.push({ same: true, words: view.t.t(view.comparison.timestamp ? strings.sameBesides : strings.sameSignature) });
    const place = timestampOf(row.left);
    // Most pairs differ in it, as it says above: one that does not is worth a word.
    if (view.comparison.timestamp && place === timestampOf(row.right)) {
      said.push({ same: true, words: differenceOf(lang, { kind: "timestamp", left: place, right: place }, view.names) });
    }
    for (const check of row.shared) said.push({ same: true, words: sharedCheckOf(lang, check) });
  }
  return html`${sides.map((side) => cell(view, side, method(view, side, row[side], marksOf(row.differences, side))))} ${sayings(said)}`;
}

const noMarks: ReadonlySet<string> = new Set();

function aloneCells(view: View, { kind, operation }: Extract<Row, { kind: Side }>): TemplateResult {
  const blank = html`<div class="cell blank" aria-hidden="true"></div>`;
  const own = cell(view, kind, method(view, kind, operation, noMarks));
  return html`${kind === "left" ? own : blank} ${kind === "left" ? blank : own}
    <p class="said quiet">${view.t.t(strings.onlyIn, view.names[kind])}</p>`;
}

function method(view: View, side: Side, operation: Operation, marks: ReadonlySet<string>): TemplateResult {
  const system = view.comparison[side];
  const doc = docOf(view.t.lang, system, operation);
  return html`${signature(system, operation, marks)}
    <p class="doc" lang=${doc.lang}>${spoken(doc.words)}</p>`;
}

function variants(view: View, level: number): TemplateResult | typeof nothing {
  const { t, names } = view;
  const of = (side: Side): View["notes"]["left"]["variants"] => view.notes[side].variants.filter((variant) => variant.level === `L${level}`);
  const known = sides.filter((side) => of(side).length > 0);
  if (known.length === 0) return nothing;
  const list = (side: Side): TemplateResult =>
    of(side).length > 0
      ? html`<ul class="variant-list">
          ${of(side).map(({ text }) => html`<li>${spoken(t.text(text))}</li>`)}
        </ul>`
      : html`<p class="quiet">${t.t(strings.noVariants)}</p>`;
  return html`<details>
    <summary>
      ${t.t(strings.variants)}
      <span class="quiet">${known.map((side) => t.t(strings.variantsOf, names[side], of(side).length)).join(t.t(strings.listMark))}</span>
    </summary>
    <div class="row">${sides.map((side) => cell(view, side, list(side)))}</div>
  </details>`;
}
