import { html, nothing, type TemplateResult } from "lit";
import type { Pattern, SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";
import { spoken } from "../../story/sentences.js";
import { families } from "../../words/index.js";
import { countsOf } from "./comparison.js";
import type { Both, Side } from "./differences.js";
import { differenceOf, timestampShape } from "./sentences.js";
import { strings } from "./strings.js";
import { cell, sayings, type Said, type View } from "./view.js";

/** Who the two systems are: summary, family, signals, mechanisms, the state at the start. */
export function whoPart(view: View): TemplateResult {
  const { t } = view;
  return html`<section class="part" aria-labelledby="who">
    <h2 id="who">${t.t(strings.who)}</h2>
    <div class="body">${summaryRow(view)} ${familyRow(view)} ${signalsRow(view)} ${usesRow(view)} ${constructorRow(view)} ${stateRow(view)} ${timestampRow(view)}</div>
  </section>`;
}

interface Row {
  label?: string;
  /** Left out when only differences are shown. */
  same?: boolean;
  /** The cells say themselves whose they are. */
  named?: boolean;
  of: (system: SystemInfo, side: Side) => unknown;
  said?: TemplateResult;
}

function row(view: View, { label, same, named, of, said }: Row): TemplateResult | typeof nothing {
  if (same && view.differencesOnly) return nothing;
  const { comparison } = view;
  return html`<div class="row ${named ? "named" : ""}">
    ${label === undefined ? nothing : html`<h3 class="label">${label}</h3>`} ${cell(view, "left", of(comparison.left, "left"))}
    ${cell(view, "right", of(comparison.right, "right"))} ${said ?? nothing}
  </div>`;
}

function summaryRow(view: View): TemplateResult | typeof nothing {
  const { t } = view;
  return row(view, {
    of: (system, side) => html`<p>${spoken(t.text(system.summary))}</p>
      <p class="small"><a href=${href(`/systems/${system.id}`)}>${t.t(strings.open, view.names[side])}</a></p>`,
  });
}

function familyRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison: { left, right } } = view;
  const family = left.family === right.family;
  const group = left.group === right.group;
  const words = family
    ? group ? strings.sameFamilyAndGroup : strings.sameFamilyOtherGroup
    : group ? strings.otherFamilySameGroup : strings.otherFamily;
  return row(view, {
    label: t.t(strings.family),
    same: family && group,
    of: (system) => html`<p><strong>${t.t(families[system.family])}</strong> · <span lang="en">${system.group}</span></p>
      <p class="quiet">${spoken(t.text(system.familyReason))}</p>`,
    said: sayings([{ same: family && group, words: t.t(words) }]),
  });
}

/** Words are the same whether a spec shouts them or not. */
const folded = (signal: string): string => signal.trim().toLowerCase();

function signalsRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison: { left, right }, differencesOnly } = view;
  const ofRight = new Set(right.signals.map(folded));
  const shared = new Set(left.signals.map(folded).filter((signal) => ofRight.has(signal)));
  const mark = (signal: string): TemplateResult =>
    shared.has(folded(signal))
      ? html`<li><mark class="shared">${signal}<span class="sign" aria-hidden="true"> =</span><span class="visually-hidden"> (${t.t(strings.shared)})</span></mark></li>`
      : html`<li><span class="signal">${signal}</span></li>`;
  const said: Said = { same: shared.size > 0, words: shared.size > 0 ? t.t(strings.sharedSignals, shared.size) : t.t(strings.noSharedSignals) };
  return row(view, {
    label: t.t(strings.signals),
    of: (system) => html`<ul class="chips" lang="en">
      ${system.signals.filter((signal) => !differencesOnly || !shared.has(folded(signal))).map(mark)}
    </ul>`,
    said: sayings([said]),
  });
}

function usesRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison, names, differencesOnly } = view;
  const ids: Both<Set<string>> = {
    left: new Set(comparison.left.uses.map((pattern) => pattern.id)),
    right: new Set(comparison.right.uses.map((pattern) => pattern.id)),
  };
  const shared = comparison.left.uses.filter((pattern) => ids.right.has(pattern.id));
  const list = (title: string, patterns: readonly Pattern[]): TemplateResult => html`<h4>${title}</h4>
    ${patterns.length > 0
      ? html`<ul class="lines">
          ${patterns.map((pattern) => html`<li><a href=${href("/systems", { uses: pattern.id })}>${t.text(pattern.title)}</a></li>`)}
        </ul>`
      : html`<p class="quiet">${t.t(strings.none)}</p>`}`;
  const alone = (system: SystemInfo, side: Side): TemplateResult => {
    const others = ids[side === "left" ? "right" : "left"];
    return list(t.t(strings.onlyIn, names[side]), system.uses.filter((pattern) => !others.has(pattern.id)));
  };
  return row(view, {
    label: t.t(strings.uses),
    named: true,
    of: alone,
    ...(differencesOnly ? {} : { said: html`<div class="said">${list(t.t(strings.inBoth), shared)}</div>` }),
  });
}

function constructorRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison: { left, right } } = view;
  const of = (system: SystemInfo): string => `(${system.config.map((param) => `${param.name}: ${param.type}`).join(", ")})`;
  if (left.config.length + right.config.length === 0) return nothing;
  return row(view, {
    label: t.t(strings.constructs),
    same: of(left) === of(right),
    of: (system) => html`<pre>${system.className}${of(system)}</pre>`,
    said: textSaid(view, of(left) === of(right), t.t(strings.otherConstructor)),
  });
}

function stateRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison: { left, right } } = view;
  const same = left.initialState === right.initialState;
  return row(view, {
    label: t.t(strings.initial),
    same,
    of: (system) => html`<pre>${system.initialState}</pre>`,
    said: textSaid(view, same, t.t(strings.otherState)),
  });
}

/** A difference of all methods is said here, and not with each of them. */
function timestampRow(view: View): TemplateResult | typeof nothing {
  const { t, comparison, names } = view;
  if (!comparison.timestamp) return nothing;
  const { difference, pairs } = comparison.timestamp;
  return row(view, {
    label: t.t(strings.timestamp),
    of: (_, side) => html`<p>${timestampShape[difference[side]]}</p>`,
    said: sayings([
      { same: false, words: html`${differenceOf(t.lang, difference, names)} ${t.t(strings.usual, pairs, countsOf(comparison).pairs)}` },
    ]),
  });
}

function textSaid(view: View, same: boolean, other: string): TemplateResult {
  return sayings([{ same, words: same ? view.t.t(strings.sameText) : other }]);
}
