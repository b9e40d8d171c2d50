import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Localized, lang } from "../i18n/index.js";
import type { Page, PageElement } from "../pages/page.js";
import { findPage } from "../pages/registry.js";
import { navigate, readHash, watchAddress, type Route } from "../router/index.js";
import { base, buttons } from "../ui/styles.js";
import { busyState, stateStyles, wrongState } from "../ui/states.js";
import "./header.js";
import "./keys.js";
import type { KeysDialog } from "./keys.js";
import "./notice.js";
import "./search.js";
import type { SearchDialog } from "./search.js";
import { strings } from "./strings.js";

/** The shell: header, the page of the address, search and key help. */
@customElement("specsight-app")
export class App extends LitElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 1fr;
        min-height: 100dvh;
      }
      main {
        min-width: 0;
        outline: none;
      }
      main > .state {
        margin: var(--space-8) auto;
        padding-inline: var(--space-4);
        width: 100%;
      }
      .skip {
        position: fixed;
        z-index: 3;
        inset: var(--space-2) auto auto var(--space-2);
        background: var(--paper-raised);
        transform: translateY(-200%);
      }
      .skip:focus {
        transform: none;
      }
      @media (max-width: 720px) {
        /* Room for the bottom bar. */
        main {
          padding-bottom: calc(56px + env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #stops: (() => void)[] = [];
  #shown: { page: Page; element: PageElement; route: Route } | undefined;
  #name = "";
  @state() private current: { page: Page; route: Route } | undefined;
  @state() private status: "busy" | "ready" | "failed" = "busy";
  @query("main") private main!: HTMLElement;
  @query("specsight-search") private search!: SearchDialog;
  @query("specsight-keys") private keys!: KeysDialog;

  override connectedCallback(): void {
    super.connectedCallback();
    // Pages fill in after the browser would have restored the place; the shell does it when they are there.
    history.scrollRestoration = "manual";
    this.addEventListener("click", this.#onClick);
    this.addEventListener("page-name", this.#onName);
    window.addEventListener("keydown", this.#onKey);
    this.#stops = [
      watchAddress(() => void this.#follow()),
      lang.watch(() => this.#showTitle()),
      () => window.removeEventListener("keydown", this.#onKey),
    ];
    void this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  /** Shows the page of the address. An element is kept while the page is the same, so only its route changes. */
  async #follow(): Promise<void> {
    const at = readHash(location.hash);
    const asked = lang.parse(at.query.get("lang"));
    if (asked) lang.use(asked);
    const found = findPage(at);
    if (!found) return;
    const { page, route } = found;
    this.current = found;
    if (this.#shown?.page === page && this.status === "ready") {
      const samePlace = JSON.stringify(this.#shown.route.params) === JSON.stringify(route.params);
      this.#shown.route = route;
      this.#shown.element.route = route;
      if (!samePlace) this.#arrive();
      return;
    }
    this.status = "busy";
    try {
      await page.load();
    } catch {
      if (this.current === found) this.status = "failed";
      return;
    }
    // The reader may have gone elsewhere while the module was on its way.
    if (this.current?.page !== page) return;
    const first = this.#shown === undefined;
    const element = document.createElement(page.tag) as PageElement;
    element.route = this.current.route;
    this.#shown = { page, element, route: this.current.route };
    this.#name = "";
    this.status = "ready";
    await this.updateComplete;
    this.#showTitle();
    await element.updateComplete;
    if (!first) this.#arrive();
  }

  /** After a change of place: reading starts at the top (or where one was, going back), also for a screen reader. */
  #arrive(): void {
    const y = (history.state as { y?: number } | null)?.y ?? 0;
    this.main.focus({ preventScroll: true });
    window.scrollTo(0, y);
    // Lists that come from the engines are drawn a moment later.
    if (y > 0) requestAnimationFrame(() => window.scrollTo(0, y));
  }

  #showTitle(): void {
    if (!this.current) return;
    const title = this.#i18n.t(this.current.page.title);
    const parts = [this.#name, title, "Specsight"].filter((part, i, all) => part && all.indexOf(part) === i);
    document.title = parts.join(" · ");
  }

  #onName = (event: Event): void => {
    this.#name = (event as CustomEvent<string>).detail;
    this.#showTitle();
  };

  /** Links within the pages go through `navigate`, which remembers how far one had read. */
  #onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    const to = link?.getAttribute("href");
    if (!link || link.target || !to?.startsWith("#/")) return;
    event.preventDefault();
    navigate(to);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    const target = event.composedPath()[0];
    const typing =
      target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
    const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (command || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault();
      this.search.open();
    } else if (event.key === "?" && !typing) {
      event.preventDefault();
      this.keys.open();
    }
  };

  #skip = (): void => {
    this.main.focus();
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    const section = this.current?.page.within ?? this.current?.page.section?.path ?? "";
    return html`
      <button class="button skip" type="button" @click=${this.#skip}>${t.t(strings.skip)}</button>
      <specsight-header
        .section=${section}
        @open-search=${() => this.search.open()}
        @open-keys=${() => this.keys.open()}
      ></specsight-header>
      <main tabindex="-1" id="main">
        <specsight-notice></specsight-notice>
        ${this.#body()}
      </main>
      <specsight-search></specsight-search>
      <specsight-keys .page=${this.current?.page}></specsight-keys>
    `;
  }

  #body(): unknown {
    if (this.status === "failed") {
      return wrongState({
        title: this.#i18n.t(strings.loadFailed),
        action: this.#i18n.t(strings.retry),
        onAction: () => void this.#follow(),
      });
    }
    if (this.status === "ready") return this.#shown?.element;
    return busyState(this.#i18n.t(strings.loading));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-app": App;
  }
}
