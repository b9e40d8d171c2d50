import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { href } from "../router/index.js";
import { base } from "../ui/styles.js";
import { strings } from "./strings.js";

const places = [
  { path: "/timing", label: strings.toStrategies },
  { path: "/timing/operation", label: strings.toOperations },
  { path: "/timing/program", label: strings.toProgram },
] as const;

/** The rooms of the timing laboratory. */
@customElement("specsight-timing-nav")
export class TimingNav extends LitElement {
  static override styles = [
    base,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        margin-bottom: var(--space-4);
        border-bottom: 1px solid var(--rule);
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 40px;
        margin-bottom: -1px;
        border-bottom: 2px solid transparent;
        color: var(--ink-2);
        text-decoration: none;
      }
      a:hover {
        color: var(--ink);
      }
      a[aria-current] {
        border-color: var(--accent);
        color: var(--ink);
        font-weight: 600;
      }
      @media (pointer: coarse) {
        a {
          min-height: var(--touch);
        }
      }
    `,
  ];

  /** The path of the page that shows it. */
  @property() here = "/timing";

  #i18n = new Localized(this);

  override render(): TemplateResult {
    return html`<nav aria-label=${this.#i18n.t(strings.rooms)}>
      ${places.map(
        ({ path, label }) => html`<a href=${href(path)} aria-current=${path === this.here ? "page" : nothing}>${this.#i18n.t(label)}</a>`,
      )}
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-nav": TimingNav;
  }
}
