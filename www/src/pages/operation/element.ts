import { css, html, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type Kit } from "../../kit/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import { href, navigate, updateQuery, type Route } from "../../router/index.js";
import "../../share/copy.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { PageElement } from "../page.js";
import "./chart.js";
import type { Entry } from "./chart.js";
import "./controls.js";
import { moments, reach } from "./figure.js";
import { Player } from "./player.js";
import { presetFor, timedOperations, type Preset } from "./presets.js";
import { openSession, parseArgs, runsOf, type Session } from "./session.js";
import { readSettings, writeSettings, type Settings } from "./settings.js";
import type { Axis } from "./model.js";
import type { Voice } from "./sentences.js";
import { entriesOf, strategiesBar } from "./strategies.js";
import { strings } from "./strings.js";
import { runTable, tableStyles } from "./table.js";
import { troubleOf, troubleStyles } from "./trouble.js";
import { whichOne, whichStyles } from "./which.js";

/** Why an L5/L6 operation takes as long as it does: its timeline, beside that of other ways to do it. */
@customElement("specsight-operation")
export class OperationPage extends PageElement {
  static override styles = [
    base,
    buttons,
    frame,
    stateStyles,
    tableStyles,
    troubleStyles,
    whichStyles,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-6);
        margin-bottom: var(--space-4);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-5);
        margin-top: var(--space-3);
        padding-block: var(--space-3);
        border-top: 1px solid var(--rule);
      }
      .chips,
      .axes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .axes {
        margin-inline-start: auto;
      }
      .bar .caption {
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      .chip[aria-pressed="true"] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
      }
      .chip .sign {
        width: 1ch;
        font-family: var(--font-code);
      }
      .bar .button {
        min-height: 32px;
        font-size: var(--text-13);
      }
      .axes label {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        min-height: 32px;
        font-size: var(--text-13);
        cursor: pointer;
      }
      .axes input {
        accent-color: var(--accent);
      }
      .transport {
        display: flex;
        align-items: center;
        gap: 2px;
      }
      .transport .button {
        padding-inline: var(--space-2);
      }
      .transport svg {
        width: 16px;
        height: 16px;
        fill: currentColor;
      }
      .speed {
        min-width: 5ch;
        font-variant-numeric: tabular-nums;
        font-size: var(--text-13);
      }
      .tables summary {
        width: fit-content;
        padding-block: var(--space-2);
        color: var(--accent);
        cursor: pointer;
      }
      .tables {
        margin-top: var(--space-6);
        padding-top: var(--space-3);
        border-top: 1px solid var(--rule);
      }
      @media (pointer: coarse) {
        .bar .button,
        .axes label {
          min-height: var(--touch);
        }
      }
      @media (max-width: 720px) {
        .top {
          flex-wrap: nowrap;
        }
        .top h1 {
          font-size: var(--text-21);
        }
        specsight-copy {
          flex: none;
        }
        .axes {
          margin-inline-start: 0;
        }
        .chips .caption {
          display: none;
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.#systems = (await loadSystems()).filter((info) => timedOperations(info).length > 0);
  });
  #player = new Player(this, (at, playing) => this.#onPlay(at, playing));
  #systems: readonly SystemInfo[] = [];
  #settings: Settings = readSettings(new URLSearchParams());
  #loading: string | undefined;
  #named = "";
  /** What the session was made from, to make it anew only when that changes. */
  #sessionKey: string | undefined;
  @state() private preset: { readonly key: string; readonly value: Preset } | undefined;
  @state() private session: Session | undefined;
  @state() private at: number | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.preset?.value.engine.free();
    this.preset = undefined;
    this.#sessionKey = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const route = changed.get("route") as Route | undefined;
    if (changed.has("route")) {
      this.#settings = readSettings(this.route.query);
      // While it plays the address keeps the place it started from.
      if (!this.#player.playing || route?.query.get("op") !== this.route.query.get("op")) this.at = this.#settings.at;
    }
    const kit = this.#kit.kit;
    const found = this.#find();
    if (!kit || !found) return;
    this.#load(kit, found.info, found.operation);
    this.#open(kit, found.info, found.operation);
  }

  protected override updated(): void {
    const found = this.#find();
    const name = found ? `${this.#i18n.text(found.info.title)} ${found.operation.name}` : "";
    if (name !== this.#named) this.name((this.#named = name));
  }

  /** The operation of the address, or the first L6. Undefined if the address names one that is not there. */
  #find(): { info: SystemInfo; operation: Operation } | undefined {
    const { system, operation: name } = this.#settings;
    const info = system === undefined ? this.#systems[0] : this.#systems.find(({ id }) => id === system);
    if (!info) return undefined;
    const operations = timedOperations(info);
    const operation =
      name === undefined
        ? (operations.find(({ level }) => level === 6) ?? operations[0])
        : operations.find((candidate) => candidate.name === name);
    return operation && { info, operation };
  }

  /** Brings the engine to where the story calls the operation. */
  #load(kit: Kit, info: SystemInfo, operation: Operation): void {
    const key = `${info.id}.${operation.name}`;
    if (this.#loading === key || (this.#loading === undefined && this.preset?.key === key)) return;
    this.#loading = key;
    void presetFor(kit, info, operation).then((value) => {
      // Meanwhile the reader may have gone on to another.
      if (this.#loading !== key || !this.isConnected) return value.engine.free();
      this.#loading = undefined;
      this.preset?.value.engine.free();
      this.preset = { key, value };
    });
  }

  #open(kit: Kit, info: SystemInfo, operation: Operation): void {
    const { axis: _axis, at: _at, ...workload } = this.#settings;
    const ready = this.preset?.key === `${info.id}.${operation.name}` ? this.preset : undefined;
    const key = ready && JSON.stringify([ready.key, workload]);
    if (key === this.#sessionKey) return;
    this.#sessionKey = key;
    this.#player.stop();
    const typed = this.#settings.args === undefined ? undefined : parseArgs(this.#settings.args);
    this.session =
      ready && (!typed || "args" in typed)
        ? openSession(kit, info, operation, ready.value, typed && "args" in typed ? typed.args : undefined, this.#settings)
        : undefined;
  }

  override render(): TemplateResult {
    return html`
      <div class="top">
        <h1>${this.#i18n.t(strings.heading)}</h1>
        <specsight-copy label=${this.#i18n.t(strings.share)} .text=${() => location.href}></specsight-copy>
      </div>
      ${this.#kit.render(() => this.#body())}
    `;
  }

  #body(): TemplateResult {
    const found = this.#find();
    if (this.#systems.length === 0) return emptyState({ title: this.#i18n.t(strings.noSystems) });
    if (!found) {
      const name = [this.#settings.system, this.#settings.operation].filter(Boolean).join(".");
      return emptyState({ title: this.#i18n.t(strings.unknown, name), action: this.#i18n.t(strings.toDefault), href: href("/timing/operation") });
    }
    const { session } = this;
    const own = session?.own;
    return html`
      <specsight-timing-controls
        .systems=${this.#systems}
        .info=${found.info}
        .operation=${found.operation}
        .session=${session}
        .settings=${this.#settings}
        .story=${this.preset?.value.story}
        .ready=${this.preset !== undefined}
        .callText=${own?.ok ? own.callText : undefined}
        @settings-change=${this.#onSettings}
      ></specsight-timing-controls>
      ${session ? this.#result(session, found.info, found.operation) : nothing}
    `;
  }

  #result(session: Session, info: SystemInfo, operation: Operation): TemplateResult {
    const voice: Voice = { lang: this.#i18n.lang, noun: session.shape.noun, limitName: session.shape.limitName };
    const entries = entriesOf(voice, session, info, operation);
    const axis = this.#axis(session);
    return html`
      ${strategiesBar({
        voice,
        session,
        axis,
        canChooseAxis: entries.some(({ run }) => run.timeline.totalMs > 0),
        onBeside: (beside) => this.#change({ beside }),
        onAxis: (next) => this.#change({ axis: next, at: undefined }),
      })}
      ${troubleOf(voice, session, () => this.#change({ limit: "1" }))}
      ${entries.length > 0 ? this.#drawing(voice, entries, axis) : nothing}
      ${session.hasOther ? whichOne(voice.lang) : nothing}
      ${entries.length > 0
        ? html`<details class="tables">
            <summary>${this.#i18n.t(strings.table)}</summary>
            ${entries.map((entry) => runTable(voice, entry))}
          </details>`
        : nothing}
    `;
  }

  /** When the clock never moves there is nothing to see along it. */
  #axis(session: Session): Axis {
    const still = runsOf(session).every((run) => run.timeline.totalMs === 0);
    return still ? "order" : (this.#settings.axis ?? "time");
  }

  #drawing(voice: Voice, entries: readonly Entry[], axis: Axis): TemplateResult {
    const playing = this.#player.playing;
    const icon = playing ? svg`<path d="M3 2h4v12H3zM9 2h4v12H9z" />` : svg`<path d="M4 2l9 6-9 6z" />`;
    return html`<specsight-timing-chart
      .entries=${entries}
      .voice=${voice}
      .axis=${axis}
      .at=${this.at}
      @chart-move=${(event: CustomEvent<number | null>) => this.#onMove(event.detail ?? undefined)}
    >
      <div slot="transport" class="transport">
        <button
          class="icon-button"
          type="button"
          aria-label=${this.#i18n.t(playing ? strings.pause : strings.play)}
          @click=${() => this.#toggle(entries, axis)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>
        </button>
        <button class="button plain speed" type="button" aria-label="${this.#i18n.t(strings.speed)} ${this.#player.speed}" @click=${() => this.#player.faster()}>
          ${this.#player.speed}×
        </button>
      </div>
    </specsight-timing-chart>`;
  }

  #toggle(entries: readonly Entry[], axis: Axis): void {
    if (this.#player.playing) {
      this.#player.stop();
      updateQuery(writeSettings({ ...this.#settings, at: this.#rounded(this.at) }));
      return;
    }
    const runs = entries.map(({ run }) => run);
    this.#player.play(this.at, reach(runs, axis), moments(runs, axis));
  }

  #onPlay(at: number | undefined, playing: boolean): void {
    this.at = at;
    if (!playing) updateQuery(writeSettings({ ...this.#settings, at: undefined }));
  }

  #onMove(at: number | undefined): void {
    this.#player.stop();
    this.at = at;
    updateQuery(writeSettings({ ...this.#settings, at: this.#rounded(at) }));
  }

  /** An address needs no more than a tenth. */
  #rounded(at: number | undefined): number | undefined {
    return at === undefined ? undefined : Math.round(at * 10) / 10;
  }

  #onSettings = (event: CustomEvent<Partial<Settings>>): void => this.#change(event.detail);

  /** A new workload is a stop of the back button; another look at the same one is not. */
  #change(changes: Partial<Settings>): void {
    const next = { ...this.#settings, ...changes };
    navigate(href("/timing/operation", { ...writeSettings(next), lang: this.route.query.get("lang") }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-operation": OperationPage;
  }
}
