import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized, numberIn, phrases } from "../i18n/index.js";
import { download } from "../ui/download.js";
import { base, buttons } from "../ui/styles.js";
import { chromeTraceParts } from "./chrome-trace.js";
import { MOST_LANES, toPng, toSvg, type Snapshot } from "./picture.js";

const strings = phrases({
  export: { en: "Export", "zh-HK": "匯出" },
  svg: { en: "SVG picture", "zh-HK": "SVG 圖" },
  png: { en: "PNG picture", "zh-HK": "PNG 圖" },
  trace: { en: "Trace (Perfetto)", "zh-HK": "Trace（Perfetto）" },
  traceHelp: { en: "Opens in ui.perfetto.dev and chrome://tracing", "zh-HK": "用 ui.perfetto.dev 或者 chrome://tracing 開" },
  download: { en: "Download", "zh-HK": "下載" },
  copy: { en: "Copy", "zh-HK": "複製" },
  downloadOf: { en: (what: string) => `Download: ${what}`, "zh-HK": (what: string) => `下載：${what}` },
  copyOf: { en: (what: string) => `Copy: ${what}`, "zh-HK": (what: string) => `複製：${what}` },
  done: { en: "Done.", "zh-HK": "搞掂。" },
  copied: { en: "Copied.", "zh-HK": "已複製。" },
  failed: { en: "The browser did not allow that. Download it instead.", "zh-HK": "瀏覽器唔畀。可以改為下載。" },
  noPicture: { en: "The browser could not draw a picture of that size.", "zh-HK": "瀏覽器畫唔到咁大張圖。" },
  tooMany: {
    en: (most: number) => `An SVG with more than ${numberIn("en", most)} lanes could not be read, nor opened. Take the PNG or the trace.`,
    "zh-HK": (most: number) => `超過 ${numberIn("zh-HK", most)} 條 lane 嘅 SVG 睇唔到亦開唔到。用 PNG 或者 trace 啦。`,
  },
});

type Kind = "svg" | "png" | "trace";

const endings: Readonly<Record<Kind, string>> = { svg: "svg", png: "png", trace: "trace.json" };

/** The chart that gives a snapshot of itself; `specsight-timeline` does. */
interface Source extends Element {
  readonly snapshot: Snapshot | undefined;
}

/**
 * A menu that gives the chart as a picture or as a trace; stands inside the chart, in its slot `tools`.
 */
@customElement("specsight-timeline-export")
export class TimelineExport extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: inline-block;
        position: relative;
      }
      summary {
        list-style: none;
        min-height: 32px;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .menu {
        position: absolute;
        z-index: 5;
        inset: calc(100% + var(--space-1)) 0 auto auto;
        width: max-content;
        max-width: min(360px, 92vw);
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--rule);
        border-radius: var(--radius);
        background: var(--paper-raised);
        box-shadow: var(--shadow);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto auto;
        align-items: center;
        gap: var(--space-1) var(--space-2);
        font-size: var(--text-13);
      }
      li + li {
        border-top: 1px solid var(--rule);
      }
      li .button {
        font-size: var(--text-13);
        padding-inline: var(--space-2);
      }
      small {
        grid-column: 1 / -1;
        font-size: inherit;
        color: var(--ink-2);
        padding-bottom: var(--space-2);
      }
      .said {
        min-height: 1.5em;
        max-width: 320px;
        padding-top: var(--space-1);
        border-top: 1px solid var(--rule);
        font-size: var(--text-13);
      }
    `,
  ];

  /** The name of the files, without an ending. */
  @property() name = "timeline";
  /** The title of the pictures. */
  @property() heading = "";
  @state() private said = "";
  @query("details") private details!: HTMLDetailsElement;

  #i18n = new Localized(this);
  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.details.open = false;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#outside);
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const row = (kind: Kind, name: string, help = ""): TemplateResult => html`<li>
      <span>${name}</span>
      <button class="button plain" type="button" aria-label=${t.t(strings.downloadOf, name)} @click=${() => this.#give(kind, false)}>${t.t(strings.download)}</button>
      <button class="button plain" type="button" aria-label=${t.t(strings.copyOf, name)} @click=${() => this.#give(kind, true)}>${t.t(strings.copy)}</button>
      ${help ? html`<small>${help}</small>` : ""}
    </li>`;
    return html`<details @keydown=${this.#onKey} @toggle=${() => (this.said = "")}>
      <summary class="button">${t.t(strings.export)}</summary>
      <div class="menu">
        <ul>
          ${row("svg", t.t(strings.svg))} ${row("png", t.t(strings.png))} ${row("trace", t.t(strings.trace), t.t(strings.traceHelp))}
        </ul>
        <p class="said" role="status">${this.said}</p>
      </div>
    </details>`;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.details.open) return;
    event.stopPropagation();
    this.details.open = false;
    this.details.querySelector("summary")?.focus();
  };

  async #give(kind: Kind, copy: boolean): Promise<void> {
    const snapshot = (this.closest("specsight-timeline") as Source | null)?.snapshot;
    if (!snapshot) return;
    const title = this.heading || snapshot.layouts.map(({ run }) => run.title).join(", ");
    const made = kind === "png" ? await toPng(snapshot, { title }) : kind === "svg" ? toSvg(snapshot, { title }) : traceOf(snapshot);
    if (made === undefined) {
      this.said = kind === "svg" ? this.#i18n.t(strings.tooMany, MOST_LANES) : this.#i18n.t(strings.noPicture);
      return;
    }
    if (!copy) {
      download(`${this.name}.${endings[kind]}`, made, kind === "svg" ? "image/svg+xml" : "application/json");
      this.said = this.#i18n.t(strings.done);
      return;
    }
    try {
      if (typeof made === "string") await navigator.clipboard.writeText(made);
      else if (kind === "png") await navigator.clipboard.write([new ClipboardItem({ [made.type]: made })]);
      else await navigator.clipboard.writeText(await made.text());
      this.said = this.#i18n.t(strings.copied);
    } catch {
      this.said = this.#i18n.t(strings.failed);
    }
  }
}

function traceOf({ layouts }: Snapshot): Blob {
  return new Blob([...chromeTraceParts(layouts)], { type: "application/json" });
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timeline-export": TimelineExport;
  }
}
