import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { href, navigate } from "../../router/index.js";
import "../../share/copy.js";
import { embedCode } from "../../share/embed-code.js";
import "../../timing/nav.js";
import { base, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { readSettings, writeSettings, type Settings } from "./settings.js";
import { strings } from "./strings.js";
import "./view.js";

/** Strategies side by side, with everything the reader chose in the address. */
@customElement("specsight-timing")
export class TimingPage extends PageElement {
  static override styles = [
    base,
    frame,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-6);
        margin-bottom: var(--space-4);
      }
      @media (max-width: 720px) {
        .top h1 {
          font-size: var(--text-21);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #settings: Settings = readSettings(new URLSearchParams());

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("route")) return;
    // Notes and bookmarks of before name an operation here; that has a page of its own now.
    if (this.route.query.has("system")) {
      return navigate(href("/timing/operation", Object.fromEntries(this.route.query)), { replace: true });
    }
    this.#settings = readSettings(this.route.query);
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <specsight-timing-nav here="/timing"></specsight-timing-nav>
      <div class="top">
        <h1>${t.t(strings.heading)}</h1>
        <span>
          <specsight-copy label=${t.t(strings.embed)} .text=${() => this.#embed()}></specsight-copy>
          <specsight-copy label=${t.t(strings.share)} .text=${() => location.href}></specsight-copy>
        </span>
      </div>
      <specsight-strategies-view linked .settings=${this.#settings} @settings-change=${this.#onSettings}></specsight-strategies-view>
    `;
  }

  #embed(): string {
    const { zoom: _zoom, ...rest } = this.#settings;
    const words = href("", writeSettings({ ...rest, zoom: undefined })).replace(/^#\??/, "");
    return embedCode("specsight-strategies", { query: words, lang: this.#i18n.lang });
  }

  /** A new workload or strategy is a stop of the back button; another look at the same one is not. */
  #onSettings = (event: CustomEvent<Partial<Settings>>): void => {
    const changes = event.detail;
    const next = { ...this.#settings, ...changes };
    const replace = !("draft" in changes) && !("strategies" in changes);
    navigate(href("/timing", { ...writeSettings(next), lang: this.route.query.get("lang") }), { replace });
  };
}


declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing": TimingPage;
  }
}
