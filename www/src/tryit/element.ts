import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { WithKit, loadSystems, type Kit, type SystemInfo } from "../kit/index.js";
import { updateQuery } from "../router/index.js";
import "../share/copy.js";
import { embedCode } from "../share/embed-code.js";
import { loadStory } from "../story/file.js";
import "../story/player.js";
import { callsOf, type Call } from "../story/track.js";
import { EmbeddableElement, embeddable } from "../ui/embeddable.js";
import { fields } from "../ui/fields.js";
import { stateStyles } from "../ui/states.js";
import { base, buttons } from "../ui/styles.js";
import { Bench, type Refusal } from "./bench.js";
import { initialConfig } from "./draft.js";
import { decodeCalls, encodeCalls } from "./code.js";
import "./form.js";
import "./saved-list.js";
import type { SavedList } from "./saved-list.js";
import { strings } from "./strings.js";

/**
 * The methods of a system to call oneself. Everything that was called is in the address (`routed`), so a link is the whole
 * experiment.
 *
 * @attr system - which system
 * @attr from - how many steps of the story come first
 * @attr calls - calls, as an address holds them
 * @attr config - constructor arguments, a JSON list
 */
@customElement("specsight-try")
export class TryIt extends EmbeddableElement {
  static override styles = [
    base,
    buttons,
    fields,
    stateStyles,
    embeddable,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-1);
        min-height: 52px;
        padding-block: var(--space-2);
      }
      .bar label {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin-inline-end: var(--space-4);
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      .bar label + .button,
      .bar > .button:first-child {
        margin-inline-start: auto;
      }
      .bar select {
        color: var(--ink);
        font-size: var(--text-13);
        max-width: 240px;
      }
      .bar .button {
        font-size: var(--text-13);
        padding-inline: var(--space-2);
      }
      specsight-call-form {
        padding-bottom: var(--space-5);
      }
      .notice {
        max-width: none;
        padding: var(--space-2) var(--space-3);
        margin-bottom: var(--space-3);
        background: var(--changed-soft);
        color: var(--changed);
        font-size: var(--text-13);
        border-radius: var(--radius);
      }
      specsight-player {
        --player-height: max(480px, calc(100dvh - 120px));
      }
      @media (max-width: 720px) {
        .bar label {
          flex: 1 0 100%;
        }
        .bar select {
          flex: 1;
          max-width: none;
        }
        .bar label + .button {
          margin-inline-start: 0;
        }
        .bar {
          margin-inline: calc(-1 * var(--space-2));
          padding-inline: var(--space-2);
        }
      }
    `,
  ];

  @property() system = "";
  @property({ type: Number }) from = 0;
  @property() calls = "";
  /** Constructor arguments as a JSON list, if they are not those of the story. */
  @property() config = "";
  @property({ type: Boolean }) routed = false;
  /** The query of the address, when `routed`. */
  @property({ attribute: false }) query: URLSearchParams | undefined;
  @state() private info: SystemInfo | undefined;
  @state() private bench: Bench | undefined;
  @state() private story: Call[] = [];
  @state() private position = 0;
  @state() private refusal: Refusal | undefined;
  @state() private damaged = false;
  @state() private configTrouble = "";
  @state() private usualConfig = "[]";
  @query("specsight-saved") private savedList!: SavedList;

  #i18n = new Localized(this);
  #kit = new WithKit(this, (kit) => this.#open(kit));
  /** What the address holds, so that our own changes of it are told from the reader's. */
  #written = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.bench?.free();
    this.bench = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { kit } = this.#kit;
    if (!kit) return;
    const elsewhere = changed.has("query") && this.routed && this.#address() !== this.#written;
    if (changed.has("system") || elsewhere) void this.#open(kit);
  }

  #address(): string {
    return [this.query?.get("from") ?? "0", this.query?.get("calls") ?? "", this.query?.get("config") ?? ""].join(" ");
  }

  async #open(kit: Kit): Promise<void> {
    if (this.routed) {
      this.from = Math.max(0, Number(this.query?.get("from")) || 0);
      this.calls = this.query?.get("calls") ?? "";
      this.config = this.query?.get("config") ?? "";
      this.#written = this.#address();
    }
    const [systems, file] = await Promise.all([loadSystems(), loadStory(this.system)]);
    this.info = systems.find((each) => each.id === this.system);
    if (!this.info) return;
    this.story = callsOf(file?.steps ?? []);
    let own: Call[] = [];
    this.damaged = false;
    try {
      own = await decodeCalls(this.calls);
    } catch {
      this.damaged = true;
    }
    const bench = this.#build(kit, this.info, file?.config ?? initialConfig(this.info.config));
    for (const call of own) bench.run(call);
    this.bench?.free();
    this.bench = bench;
    this.position = bench.track.length;
    this.refusal = undefined;
  }

  /** With the arguments of the address if they fit, else with the usual ones and the reason why. */
  #build(kit: Kit, info: SystemInfo, usual: unknown[]): Bench {
    const base = this.story.slice(0, this.from);
    this.configTrouble = "";
    this.usualConfig = JSON.stringify(usual);
    if (this.config) {
      try {
        return new Bench(kit, info, JSON.parse(this.config) as unknown[], base);
      } catch (error) {
        this.configTrouble = error instanceof Error ? error.message : String(error);
      }
    }
    return new Bench(kit, info, usual, base);
  }

  #configure = (event: Event): void => {
    const text = (event.currentTarget as HTMLInputElement).value.trim();
    const config = text === this.usualConfig ? null : text;
    if (this.routed) {
      updateQuery({ config, from: this.bench?.base || null, calls: this.calls || null }, { replace: false });
    } else {
      this.config = config ?? "";
      if (this.#kit.kit) void this.#open(this.#kit.kit);
    }
  };

  /** After every change: show its end, and write it into the address. */
  async #changed(): Promise<void> {
    const { bench } = this;
    if (!bench) return;
    this.position = bench.track.length;
    this.damaged = false;
    this.requestUpdate();
    const word = await encodeCalls(bench.own);
    if (this.bench !== bench) return;
    this.calls = word;
    if (!this.routed) return;
    this.#written = [bench.base, word, this.config].join(" ");
    updateQuery({ from: bench.base || null, calls: word || null });
  }

  #run = (event: CustomEvent<Call>): void => {
    this.refusal = this.bench?.run(event.detail);
    if (!this.refusal) void this.#changed();
  };

  #undo = (): void => {
    this.bench?.undo();
    void this.#changed();
  };

  #redo = (): void => {
    this.bench?.redo();
    void this.#changed();
  };

  #startFrom = (event: Event): void => {
    const from = Number((event.currentTarget as HTMLSelectElement).value);
    if (this.routed) {
      updateQuery({ from: from || null, calls: this.calls || null }, { replace: false });
    } else {
      this.from = from;
      if (this.#kit.kit) void this.#open(this.#kit.kit);
    }
  };

  override render(): TemplateResult {
    return this.#kit.render(() => {
      const { info, bench } = this;
      if (!info || !bench) return html``;
      const t = this.#i18n;
      const { track } = bench;
      return html`
        <h2 class="visually-hidden">${t.t(strings.heading)}</h2>
        ${this.#bar(info, bench)} ${this.damaged ? html`<p class="notice" role="status">${t.t(strings.damaged)}</p>` : nothing}
        ${this.configTrouble
          ? html`<p class="notice" id="config-error" role="alert">${t.t(strings.badConfig)} <span lang="en">${this.configTrouble}</span></p>`
          : nothing}
        <specsight-call-form
          .system=${info}
          .examples=${this.story}
          .clock=${track.clock(track.length)}
          .refusal=${this.refusal}
          @run=${this.#run}
        ></specsight-call-form>
        <specsight-player
          .track=${track}
          .length=${track.length}
          .position=${this.position}
          ?global-keys=${this.routed}
          @seek=${(event: CustomEvent<number>) => (this.position = event.detail)}
        ></specsight-player>
        <specsight-saved .system=${info.id}></specsight-saved>
      `;
    });
  }

  #bar(info: SystemInfo, bench: Bench): TemplateResult {
    const t = this.#i18n;
    return html`<div class="bar">
      ${this.story.length > 0
        ? html`<label>
            ${t.t(strings.startFrom)}
            <select class="field" @change=${this.#startFrom}>
              <option value="0" ?selected=${bench.base === 0}>${t.t(strings.fresh)}</option>
              ${this.story.map((_, i) => html`<option value=${i + 1} ?selected=${bench.base === i + 1}>${t.t(strings.afterStep, i + 1)}</option>`)}
            </select>
          </label>`
        : nothing}
      ${info.config.length > 0
        ? html`<label>
            ${t.t(strings.config)}
            <input
              class="field code"
              aria-label="${t.t(strings.config)}: ${info.config.map((param) => param.name).join(", ")}"
              title=${info.config.map((param) => param.name).join(", ")}
              size="10"
              spellcheck="false"
              autocomplete="off"
              aria-invalid=${this.configTrouble ? "true" : nothing}
              aria-describedby=${this.configTrouble ? "config-error" : nothing}
              .value=${this.config || this.usualConfig}
              @change=${this.#configure}
            />
          </label>`
        : nothing}
      <button class="button plain" type="button" ?disabled=${!bench.canUndo} @click=${this.#undo}>${t.t(strings.undo)}</button>
      <button class="button plain" type="button" ?disabled=${!bench.canRedo} @click=${this.#redo}>${t.t(strings.redo)}</button>
      <specsight-copy label=${t.t(strings.copyPython)} .text=${() => bench.python()}></specsight-copy>
      ${this.routed
        ? html`<specsight-copy label=${t.t(strings.copyLink)} .text=${() => location.href}></specsight-copy>
            <specsight-copy
              label=${t.t(strings.copyEmbed)}
              .text=${() => embedCode("specsight-try", { system: info.id, from: bench.base, calls: this.calls, lang: t.lang })}
            ></specsight-copy>
            <button class="button plain" type="button" @click=${() => this.savedList.open({ system: info.id, from: bench.base, calls: this.calls, count: bench.own.length })}>
              ${t.t(strings.save)} …
            </button>`
        : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-try": TryIt;
  }
}
