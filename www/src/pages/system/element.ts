import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";
import "../../story/story.js";
import "../../tryit/element.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { strings } from "./strings.js";
import "./variants.js";
import "./who.js";

const tabs = ["who", "story", "try", "variants"] as const;
type Tab = (typeof tabs)[number];

/** One system: who it is, its story, and its methods to try. */
@customElement("specsight-system-page")
export class SystemPage extends PageElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    frame,
    css`
      :host {
        padding-top: var(--space-6);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--space-2) var(--space-4);
      }
      .head code {
        color: var(--ink-2);
      }
      nav {
        display: flex;
        gap: var(--space-6);
        margin-top: var(--space-3);
        border-bottom: 1px solid var(--rule);
      }
      nav a {
        position: relative;
        padding: var(--space-2) 0 10px;
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
        inset: auto 0 -1px;
        height: 2px;
        background: var(--accent);
      }
      specsight-who,
      specsight-variants {
        margin-top: var(--space-8);
      }
      :host([wide-view]) {
        padding-bottom: var(--space-4);
      }
      specsight-story,
      specsight-try {
        /* The stepper fills what the window leaves; below a usable height the page scrolls instead. */
        --player-height: max(480px, calc(100dvh - 226px));
        --bottom-bar: 56px;
      }
      @media (max-width: 720px) {
        :host {
          padding-top: var(--space-4);
        }
        nav a {
          min-height: var(--touch);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.systems = await loadSystems();
  });
  @state() private systems: readonly SystemInfo[] = [];

  get #system(): SystemInfo | undefined {
    return this.systems.find((system) => system.id === this.route.params.id);
  }

  get #tab(): Tab {
    // Links from elsewhere may name the tab in the query, where the other settings of a view stand.
    const asked = this.route.params.tab ?? this.route.query.get("tab");
    return tabs.find((tab) => tab === asked) ?? "who";
  }

  override updated(changed: PropertyValues<this>): void {
    const system = this.#system;
    if (system) this.name(this.#i18n.text(system.title));
    if (changed.has("route")) this.toggleAttribute("wide-view", this.#tab === "story" || this.#tab === "try");
  }

  override render(): TemplateResult {
    return this.#kit.render(() => {
      const system = this.#system;
      const t = this.#i18n;
      if (!system) {
        return html`<h1>${t.t(strings.title)}</h1>
          ${emptyState({ title: t.t(strings.noSystem, this.route.params.id ?? ""), action: t.t(strings.browse), href: href("/systems") })}`;
      }
      return html`
        <div class="head">
          <h1>${t.text(system.title)}</h1>
          <code>${system.className}</code>
        </div>
        <nav aria-label=${t.t(strings.tabs)}>
          ${this.#link(system, "who", t.t(strings.who))} ${this.#link(system, "story", t.t(strings.story))}
          ${this.#link(system, "try", t.t(strings.tryIt))} ${this.#link(system, "variants", t.t(strings.variants))}
          <a href=${href("/compare", { left: system.id })}>${t.t(strings.compare)}</a>
        </nav>
        ${this.#body(system)}
      `;
    });
  }

  #link(system: SystemInfo, tab: Tab, words: string): TemplateResult {
    const path = `/systems/${system.id}${tab === "who" ? "" : `/${tab}`}`;
    return html`<a href=${href(path)} aria-current=${tab === this.#tab ? "page" : nothing}>${words}</a>`;
  }

  #body(system: SystemInfo): TemplateResult {
    switch (this.#tab) {
      case "story":
        return html`<specsight-story system=${system.id} .step=${Number(this.route.query.get("step") ?? 0)} routed></specsight-story>`;
      case "try":
        return html`<specsight-try system=${system.id} .query=${this.route.query} routed></specsight-try>`;
      case "variants":
        return html`<specsight-variants .system=${system}></specsight-variants>`;
      case "who":
        return html`<specsight-who
          .system=${system}
          .systems=${this.systems}
          .method=${this.route.query.get("method") ?? ""}
          .as=${this.route.query.get("as") ?? ""}
        ></specsight-who>`;
    }
  }
}
