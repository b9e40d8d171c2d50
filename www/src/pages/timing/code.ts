import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { base } from "../../ui/styles.js";
import type { Standing } from "../../timing/standing.js";
import { strings } from "./strings.js";

const TOKEN = /(#.*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(async|await|def|with|for|in|if|elif|else|not|and|or|while|return|try|except|raise|as|import|from|True|False|None|pass)\b/g;

/** A line with its keywords, strings and comments marked: enough for twenty lines of Python, which nobody edits. */
function coloured(line: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    parts.push(line.slice(end, match.index));
    const kind = match[1] ? "comment" : match[2] ? "string" : "keyword";
    parts.push(html`<span class=${kind}>${match[0]}</span>`);
    end = match.index + match[0].length;
  }
  parts.push(line.slice(end));
  return parts;
}

/** A strategy's source. Lines where tasks stand at the cursor are marked, with how many stand there. */
@customElement("specsight-timing-code")
export class TimingCode extends LitElement {
  static override styles = [
    base,
    css`
      pre {
        padding: var(--space-2) 0;
        overflow-x: auto;
        border-radius: var(--radius);
        background: var(--paper-sunk);
        font-size: var(--text-13);
      }
      .line {
        display: grid;
        grid-template-columns: 4ch minmax(max-content, 1fr) auto;
        gap: 0 var(--space-3);
        padding-inline-end: var(--space-3);
        border-inline-start: 3px solid transparent;
      }
      .line.stood {
        background: var(--accent-soft);
      }
      .line.own {
        border-color: var(--accent);
      }
      .number {
        color: var(--ink-2);
        text-align: end;
        user-select: none;
      }
      .who {
        position: sticky;
        inset-inline-end: var(--space-2);
        padding-inline: var(--space-1);
        border-radius: 3px;
        background: var(--accent-soft);
        color: var(--accent);
        font-family: var(--font-text);
        user-select: none;
      }
      .keyword {
        color: var(--accent);
      }
      .string {
        color: var(--added);
      }
      .comment {
        color: var(--ink-2);
        font-style: italic;
      }
    `,
  ];

  @property() source = "";
  @property() name = "";
  @property({ attribute: false }) standing: readonly Standing[] = [];
  /** The line on which the chosen task stands; 0 for none. */
  @property({ type: Number }) line = 0;

  #i18n = new Localized(this);

  override render(): TemplateResult {
    const t = this.#i18n;
    const lines = this.source.trimEnd().split("\n");
    return html`<pre tabindex="0" role="region" aria-label=${t.t(strings.sourceOf, this.name)}>${lines.map((text, index) => {
      const number = index + 1;
      const here = this.standing.find(({ line }) => line === number);
      const own = this.line === number;
      return html`<span class="line ${here || own ? "stood" : ""} ${own ? "own" : ""}"
        ><span class="number" aria-hidden="true">${number}</span
        ><code>${coloured(text)}</code
        >${here ? html`<span class="who">${t.t(strings.standing, here.waiting, here.sleeping)}</span>` : own ? html`<span class="who">${t.t(strings.here)}</span>` : nothing}</span
      >`;
    })}</pre>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-code": TimingCode;
  }
}
