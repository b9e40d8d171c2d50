import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { Localized } from "../i18n/index.js";
import { base } from "../ui/styles.js";
import { isFold, type Fold, type MarkedEntry, type MarkedNode } from "./marks.js";
import { strings } from "./strings.js";

const brackets = { dict: ["{", "}"], list: ["[", "]"], tuple: ["(", ")"], set: ["{", "}"] } as const;
const signs = { added: "+", changed: "~", removed: "−" } as const;

type Container = MarkedNode["node"] & { kind: keyof typeof brackets };

function isContainer(node: MarkedNode["node"]): node is Container {
  return "entries" in node;
}

/** A dict of fields, drawn beside its key. */
function isRecord(value: MarkedNode): boolean {
  return !value.mark && value.node.kind === "dict" && value.entries.length > 0;
}

/** One word, in which no line may break: a scalar, or a pair such as (1000, 0). */
function isWhole({ node, entries }: MarkedNode): boolean {
  if (!isContainer(node)) return node.text.length < 40;
  return node.kind === "tuple" && entries.every((entry) => !isFold(entry) && !isContainer(entry.value.node));
}

/**
 * The state as the handbook writes it: nested Python, what changed marked in place.
 *
 * @fires more - the reader asks for the folded entries
 */
@customElement("specsight-state")
export class StateView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
        font: var(--state-size, var(--text-13)) / 1.6 var(--font-code);
        font-variant-ligatures: none;
        font-variant-numeric: tabular-nums;
      }
      .attribute + .attribute {
        margin-top: 2px;
      }
      .name,
      .key {
        color: var(--ink);
      }
      .p {
        color: var(--ink-2);
      }
      .block > .entry {
        padding-inline-start: 4ch;
      }
      /* What does not fit hangs under its own beginning. */
      .block > .entry.flow {
        padding-inline-start: 6ch;
        text-indent: -2ch;
      }
      .flow > * {
        text-indent: 0;
      }
      /* A record: its key, then its fields in a hanging column. */
      .record {
        display: flex;
        align-items: baseline;
      }
      .record > .head {
        flex: none;
        white-space: pre;
      }
      .record > .fields {
        min-width: 0;
      }
      .field {
        overflow-wrap: anywhere;
      }
      .field.line {
        display: block;
        /* A long list hangs under its own bracket. */
        padding-inline-start: 2ch;
        text-indent: -2ch;
      }
      .field.line > * {
        text-indent: 0;
      }
      .nobreak {
        white-space: nowrap;
      }
      .mark {
        border-radius: 3px;
        padding: 0 3px;
        margin-inline: -3px;
        box-decoration-break: clone;
        -webkit-box-decoration-break: clone;
      }
      .mark > .sign {
        font-weight: 700;
        margin-inline-end: 0.5ch;
        user-select: none;
      }
      .added {
        background: var(--added-soft);
        color: var(--added);
      }
      .changed {
        background: var(--changed-soft);
        color: var(--changed);
      }
      .removed {
        background: var(--removed-soft);
        color: var(--removed);
      }
      .added .p,
      .changed .p,
      .removed .p,
      .added .key {
        color: inherit;
      }
      .removed .old,
      .was s {
        text-decoration: line-through;
        text-decoration-thickness: 1px;
      }
      .was {
        margin-inline-start: 0.75ch;
        color: var(--ink-2);
      }
      .expired {
        border-bottom: 1px dotted var(--expired);
        color: var(--ink-2);
        font-style: italic;
      }
      .expired .key {
        color: inherit;
      }
      .expired-tag {
        margin-inline-start: 1ch;
        white-space: nowrap;
        font-size: 12px;
        color: var(--ink-2);
      }
      .roll {
        display: inline-block;
      }
      .fresh > .roll,
      .fresh.mark {
        animation: arrive var(--motion) var(--ease);
      }
      @keyframes arrive {
        from {
          opacity: 0;
          translate: 0 -0.35em;
        }
      }
      .fold {
        border: 0;
        padding: 0 2px;
        background: none;
        color: var(--accent);
        cursor: pointer;
        font-size: inherit;
        line-height: inherit;
      }
      .fold:hover {
        text-decoration: underline;
      }
      /* On a phone the hanging column would eat the line. */
      @container (max-width: 480px) {
        .block > .entry {
          padding-inline-start: 2ch;
        }
        .block > .entry.flow {
          padding-inline-start: 4ch;
        }
        .record {
          display: block;
        }
        .record > .fields {
          display: block;
          padding-inline-start: 2ch;
        }
        .field.line {
          padding-inline-start: 2ch;
        }
      }
    `,
  ];

  /** The state with its marks, as `markState` makes it. */
  @property({ attribute: false }) root: MarkedNode | undefined;
  /** Which step is shown: values that changed arrive anew when it moves. */
  @property({ attribute: false }) position = 0;
  /** The time, for systems in which the dead stay where they are: such records are drawn faded. */
  @property({ attribute: false }) deadFrom: number | undefined;

  #i18n = new Localized(this);

  override render(): TemplateResult | typeof nothing {
    if (!this.root) return nothing;
    return html`${this.root.entries.map((entry) =>
      isFold(entry)
        ? this.#fold(entry)
        : html`<div class="attribute">${this.#top(entry)}</div>`,
    )}`;
  }

  /** An attribute of self: a dict or list of records stands as a block, anything else on a line. */
  #top(entry: MarkedEntry): TemplateResult {
    const name = html`<span class="name"><span class="p">self.</span>${entry.key}</span><span class="p"> = </span>`;
    const { value } = entry;
    const { node } = value;
    if (value.mark || !isContainer(node) || value.entries.length === 0 || !this.#hasContainers(value)) {
      return html`${name}${this.#value(value)}`;
    }
    const [open, close] = brackets[node.kind];
    return html`${name}<span class="p">${open}</span>
      <div class="block">
        ${value.entries.map((child) =>
          isFold(child) ? html`<div class="entry">${this.#fold(child)}</div>` : html`<div class="entry ${isRecord(child.value) ? "" : "flow"}">${this.#record(child, node.kind === "dict")}</div>`,
        )}
      </div>
      <span class="p">${close}</span>`;
  }

  /** An entry of a block. A dict inside hangs beside its key; its containers get lines of their own. */
  #record(entry: MarkedEntry, keyedByName: boolean): TemplateResult {
    const key = keyedByName ? html`<span class="key">${entry.keyText}</span><span class="p">: </span>` : nothing;
    const { value } = entry;
    const comma = html`<span class="p">,</span>`;
    if (value.mark) return html`${this.#marked(value, key)}${comma}`;
    if (!isRecord(value)) {
      return html`${key}${this.#value(value)}${comma}`;
    }
    const fields = value.entries;
    return html`<div class="record">
      <span class="head">${key}<span class="p">{</span></span>
      <span class="fields"
        >${fields.map((field, i) => {
          const last = i === fields.length - 1;
          const end = last ? html`<span class="p">}</span>${comma}` : html`<span class="p">, </span>`;
          if (isFold(field)) return html`<span class="field">${this.#fold(field)}${end}</span>`;
          const line = isContainer(field.value.node) && field.value.node.size > 0;
          return html`<span class="field ${line ? "line" : ""}">${this.#entry(field, true)}${end}</span>`;
        })}</span
      >
    </div>`;
  }

  #hasContainers(value: MarkedNode): boolean {
    return value.entries.some((entry) => !isFold(entry) && (entry.value.mark !== undefined || isContainer(entry.value.node)));
  }

  /** A key with its value, within a line. */
  #entry(entry: MarkedEntry, withKey: boolean): TemplateResult {
    const key = withKey ? html`<span class="key">${entry.keyText}</span><span class="p">: </span>` : nothing;
    const { value } = entry;
    if (value.mark === "added" || value.mark === "removed") return this.#marked(value, key);
    const dead = this.#deadSince(value);
    if (dead !== undefined) {
      const label = this.#i18n.t(strings.expiredHere, this.#i18n.number(dead));
      return html`<span class="expired">${key}${this.#value(value)}</span><span class="expired-tag">${label}</span>`;
    }
    return isContainer(value.node)
      ? html`${key}${this.#value(value)}`
      : html`<span class="nobreak">${key}${this.#value(value)}</span>`;
  }

  /** A value as text, within a line. */
  #value(value: MarkedNode): TemplateResult {
    if (value.mark) return this.#marked(value, nothing);
    return this.#plain(value);
  }

  #plain(value: MarkedNode): TemplateResult {
    const { node } = value;
    if (!isContainer(node)) return html`<span class=${node.kind}>${node.text}</span>`;
    const [open, close] = brackets[node.kind];
    const entries = value.entries;
    const inside = entries.map((entry, i) => {
      const end = i < entries.length - 1 ? html`<span class="p">, </span>` : nothing;
      return html`${isFold(entry) ? this.#fold(entry) : this.#entry(entry, node.kind === "dict")}${end}`;
    });
    const lone = node.kind === "tuple" && node.size === 1 ? html`<span class="p">,</span>` : nothing;
    return html`<span class=${isWhole(value) ? "nobreak" : ""}><span class="p">${open}</span>${inside}${lone}<span class="p">${close}</span></span>`;
  }

  #marked(value: MarkedNode, key: unknown): TemplateResult {
    const { mark } = value;
    if (!mark) return html`${key}${this.#plain(value)}`;
    const label = html`<span class="sign" aria-hidden="true">${signs[mark]}</span><span class="visually-hidden">${this.#i18n.t(strings[mark])}: </span>`;
    if (mark === "removed") {
      return html`<del class="mark removed" style="text-decoration:none">${label}<span class="old">${key}${value.before}</span></del>`;
    }
    if (mark === "added") {
      return html`${keyed(this.position, html`<ins class="mark added fresh ${isWhole(value) ? "nobreak" : ""}" style="text-decoration:none">${label}${key}${this.#plain(value)}</ins>`)}`;
    }
    return html`${key}<span class="mark changed fresh">${label}${keyed(this.position, html`<span class="roll">${this.#plain(value)}</span>`)}</span><span class="was">${this.#i18n.t(strings.was)} <s>${value.before}</s></span>`;
  }

  /** Since when a record with an expiry is dead, if it is. */
  #deadSince(value: MarkedNode): number | undefined {
    if (this.deadFrom === undefined || value.node.kind !== "dict") return undefined;
    const expiry = value.entries.find((entry): entry is MarkedEntry => !isFold(entry) && entry.key === "expiry");
    if (expiry?.value.node.kind !== "int") return undefined;
    const at = Number(expiry.value.node.text);
    return this.deadFrom >= at ? at : undefined;
  }

  #fold(fold: Fold): TemplateResult {
    const words = this.#i18n.t(strings.more, this.#i18n.number(fold.folded));
    return html`<button class="fold" type="button" @click=${() => this.dispatchEvent(new Event("more"))}>${words}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-state": StateView;
  }
}
