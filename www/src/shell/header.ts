import { LitElement, css, html, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { Localized, lang, type Lang } from "../i18n/index.js";
import { sections } from "../pages/registry.js";
import { theme, type Theme } from "../prefs/index.js";
import { readHash, updateQuery } from "../router/index.js";
import { base, buttons } from "../ui/styles.js";
import { strings } from "./strings.js";

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

const themeIcon: Record<Theme, TemplateResult> = {
  system: svg`<circle cx="10" cy="10" r="6.25" /><path d="M10 3.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />`,
  light: svg`<circle cx="10" cy="10" r="3.25" /><path d="M10 2.5v1.75M10 15.75v1.75M2.5 10h1.75M15.75 10h1.75M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2" />`,
  dark: svg`<path d="M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z" />`,
};

/** The bar at the top: name, sections, search, language, theme, key help. On a phone the sections go to the bottom. */
@customElement("specsight-header")
export class Header extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      header {
        display: flex;
        align-items: center;
        gap: var(--space-6);
        height: 56px;
        max-width: 1320px;
        margin-inline: auto;
        padding-inline: var(--space-8);
      }
      :host {
        display: block;
        border-bottom: 1px solid var(--rule);
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink);
        font-weight: 650;
        font-size: var(--text-17);
        letter-spacing: -0.01em;
        text-decoration: none;
        min-height: var(--touch);
      }
      svg {
        width: 20px;
        height: 20px;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
        flex: none;
      }
      .name .now {
        stroke: var(--accent);
      }
      nav ul {
        display: flex;
      }
      nav ul {
        gap: var(--space-1);
      }
      nav a {
        position: relative;
        display: flex;
        align-items: center;
        height: 56px;
        padding-inline: var(--space-3);
        color: var(--ink-2);
        text-decoration: none;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        font-weight: 550;
      }
      nav a[aria-current]::after {
        content: "";
        position: absolute;
        inset: auto var(--space-3) -1px;
        height: 2px;
        background: var(--accent);
      }
      nav svg {
        display: none;
      }
      .tools {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        margin-inline-start: auto;
      }
      .search {
        justify-content: flex-start;
        min-width: 184px;
        margin-inline-end: var(--space-2);
        border-color: var(--rule-strong);
        color: var(--ink-2);
      }
      .search kbd {
        margin-inline-start: auto;
        font-size: var(--text-13);
      }
      .lang {
        padding-inline: var(--space-3);
        border-color: transparent;
      }
      .keys {
        font-size: var(--text-17);
      }
      @media (max-width: 960px) {
        .search {
          min-width: 0;
        }
        .search kbd {
          display: none;
        }
      }
      /* Half a desk: the sections keep their words, the search keeps its sign. */
      @media (max-width: 860px) {
        header {
          gap: var(--space-3);
        }
        .search {
          width: 36px;
          padding: 0;
          margin: 0;
          border-color: transparent;
          justify-content: center;
        }
        .search span {
          display: none;
        }
      }
      @media (max-width: 720px) {
        header {
          padding-inline: var(--space-4) var(--space-2);
          gap: var(--space-2);
          height: 52px;
        }
        .search {
          width: var(--touch);
        }
        .keys {
          display: none;
        }
        nav {
          position: fixed;
          z-index: 2;
          inset: auto 0 0;
          padding-bottom: env(safe-area-inset-bottom);
          background: var(--paper);
          border-top: 1px solid var(--rule);
        }
        nav ul {
          gap: 0;
        }
        nav li {
          flex: 1 1 0;
        }
        nav a {
          flex-direction: column;
          justify-content: center;
          gap: 2px;
          height: 56px;
          padding: 0;
          font-size: var(--text-13);
        }
        nav svg {
          display: block;
        }
        nav a[aria-current]::after {
          inset: -1px 25% auto;
        }
      }
    `,
  ];

  /** The path of the section that is marked as current. */
  @property({ attribute: false }) section = "";

  #i18n = new Localized(this);
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = theme.watch(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  #switchLang = (): void => {
    const other: Lang = lang.value === "en" ? "zh-HK" : "en";
    lang.keep(other);
    // An address that asks for a language would win over the choice; it has been answered.
    if (readHash(location.hash).query.has("lang")) updateQuery({ lang: null });
  };

  #switchTheme = (): void => {
    theme.keep(nextTheme[theme.value]);
    if (readHash(location.hash).query.has("theme")) updateQuery({ theme: null });
  };

  #tell(name: "open-search" | "open-keys"): void {
    this.dispatchEvent(new Event(name));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const themeLabel = { system: strings.themeSystem, light: strings.themeLight, dark: strings.themeDark }[theme.value];
    return html`<header>
      <a class="name" href="#/" aria-label=${t.t(strings.home)}>
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2 5h7M5 10h5M8 15h3" /><path class="now" d="M13 2v16M15.5 10h2.5" /></svg>
        Specsight
      </a>
      <nav aria-label=${t.t(strings.sections)}>
        <ul>
          ${sections.map(
            (section) => html`<li>
              <a href="#${section.path}" aria-current=${ifDefined(section.path === this.section ? "page" : undefined)}>
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d=${section.icon} /></svg>${t.t(section.label)}
              </a>
            </li>`,
          )}
        </ul>
      </nav>
      <div class="tools">
        <button class="button search" type="button" aria-keyshortcuts="/ Control+K" aria-label=${t.t(strings.search)} @click=${() => this.#tell("open-search")}>
          <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5" /><path d="m12.5 12.5 4 4" /></svg>
          <span>${t.t(strings.search)}</span><kbd aria-hidden="true">/</kbd>
        </button>
        <button class="button lang" type="button" lang=${t.lang === "en" ? "zh-HK" : "en"} title=${t.t(strings.toOtherLang)} @click=${this.#switchLang}>
          ${t.t(strings.otherLang)}
        </button>
        <button class="icon-button" type="button" aria-label=${t.t(themeLabel)} title=${t.t(themeLabel)} @click=${this.#switchTheme}>
          <svg viewBox="0 0 20 20" aria-hidden="true">${themeIcon[theme.value]}</svg>
        </button>
        <button class="icon-button keys" type="button" aria-keyshortcuts="?" aria-label=${t.t(strings.keys)} title=${t.t(strings.keys)} @click=${() => this.#tell("open-keys")}>?</button>
      </div>
    </header>`;
  }
}
