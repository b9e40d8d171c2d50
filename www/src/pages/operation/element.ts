import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type Kit, type Timeline } from "../../kit/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import { href, navigate, updateQuery, type Route } from "../../router/index.js";
import "../../share/copy.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { PageElement } from "../page.js";
import "../../timeline/index.js";
import type { Run as ChartRun, Standing, Stretch } from "../../timeline/index.js";
import "../../timing/nav.js";
import { Player } from "../../timing/player.js";
import "../../timing/transport.js";
import "./controls.js";
import "./instant.js";
import { callablePosition } from "./live.js";
import { presetFor, timedOperations, type Preset } from "./presets.js";
import { momentsOf } from "./moments.js";
import type { Run } from "./runs.js";
import { openSession, parseArgs, runsOf, type Session } from "./session.js";
import { readSettings, writeSettings, type Settings } from "./settings.js";
import type { Axis } from "./model.js";
import { formulaOf, reasonOf, whoOf, whyOf, type Voice } from "./sentences.js";
import { entriesOf, strategiesBar, type Entry } from "./strategies.js";
import { strings } from "./strings.js";
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
      .desk {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-6) var(--space-8);
      }
      .playing {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-5);
        margin-bottom: var(--space-2);
      }
      .formula {
        color: var(--ink-2);
        font: var(--text-13) / 1 var(--font-code);
      }
      .reasons {
        display: grid;
        gap: var(--space-2);
        margin-top: var(--space-4);
      }
      .reasons b {
        font-weight: 600;
      }
      @media (min-width: 1200px) {
        .desk {
          grid-template-columns: minmax(0, 1fr) minmax(340px, 460px);
        }
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
  @state() private cursor: Standing | undefined;
  @state() private stretch: Stretch | undefined;
  /** The operation run aside, with its state at every instant. */
  @state() private aside: Timeline | undefined;
  #figures = new WeakMap<Run, { readonly key: string; readonly figure: ChartRun }>();
  #moments: readonly number[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.preset?.value.engine.free();
    this.preset = undefined;
    this.#forget();
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
    const { at: _at, ...workload } = this.#settings;
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
    this.#forget();
    if (ready && this.session) this.#remember(ready.value, operation, this.session);
  }

  #forget(): void {
    this.aside?.free();
    this.aside = undefined;
    this.cursor = undefined;
    this.stretch = undefined;
  }

  /** Keeps what playing, stepping and the state beside the chart go by. */
  #remember({ engine }: Preset, operation: Operation, session: Session): void {
    const runs = runsOf(session);
    const axis = this.#axis(session);
    this.#moments = momentsOf(runs, axis);
    this.#player.load(this.#moments.at(-1) ?? 0, this.#moments);
    if (!session.own.ok || session.own.source.kind !== "operation") return;
    this.aside = engine.timeline(operation.name, [...session.args]);
    this.aside.advance();
  }

  override render(): TemplateResult {
    return html`
      <specsight-timing-nav here="/timing/operation"></specsight-timing-nav>
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
      ${callablePosition(operation) < 0
        ? nothing
        : html`<specsight-live-play
            .engine=${this.preset?.value.engine}
            .operation=${operation}
            .args=${session.args}
            .limit=${session.limit}
          ></specsight-live-play>`}
      ${session.hasOther ? whichOne(voice.lang) : nothing}
    `;
  }

  /** When the clock never moves there is nothing to see along it. */
  #axis(session: Session): Axis {
    const still = runsOf(session).every((run) => run.timeline.totalMs === 0);
    return still ? "order" : (this.#settings.axis ?? "time");
  }

  #drawing(voice: Voice, entries: readonly Entry[], axis: Axis): TemplateResult {
    const [own] = entries;
    return html`<div class="desk">
      <div @keydown=${this.#onKey}>
        <div class="playing">
          <specsight-timing-transport
            .player=${this.#player}
            .playing=${this.#player.playing}
            .speed=${this.#player.speed}
            .loop=${this.#player.loop}
            @transport-toggle=${() => this.#toggle()}
            @transport-step=${(event: CustomEvent<1 | -1>) => this.#step(event.detail)}
          ></specsight-timing-transport>
        </div>
        <specsight-timeline
          scrub
          .runs=${entries.map((entry) => this.#figure(voice, entry))}
          .axis=${axis}
          .at=${this.at}
          .window=${this.stretch}
          @timeline-move=${(event: CustomEvent<number | null>) => this.#onMove(event.detail ?? undefined)}
          @timeline-cursor=${(event: CustomEvent<Standing | null>) => (this.cursor = event.detail ?? undefined)}
          @timeline-window=${(event: CustomEvent<Stretch | null>) => (this.stretch = event.detail ?? undefined)}
        >
          <specsight-timeline-export slot="tools" name="timeline"></specsight-timeline-export>
          ${entries.map(({ id, run }) => html`<span slot="run-${id}" class="formula">${formulaOf(voice, run.why) ?? ""}</span>`)}
        </specsight-timeline>
        <div class="reasons">
          ${entries.map(
            ({ name, run, difference }) => html`<p><b>${name}</b> ${whyOf(voice, run)} ${difference}</p>`,
          )}
        </div>
      </div>
      ${own?.id === "own" && this.aside
        ? html`<specsight-instant
            .timeline=${this.aside}
            .event=${this.#event(own, axis)}
            .changes=${own.run.changes}
            .who=${(task: number) => whoOf(voice, task, own.run)}
            @instant-seek=${(event: CustomEvent<number>) => this.#seek(own, axis, event.detail)}
          ></specsight-instant>`
        : nothing}
    </div>`;
  }

  /** A run as the chart takes it; the same object as long as nothing about it changes, for the chart keeps its layout with it. */
  #figure(voice: Voice, { id, name, detail, run }: Entry): ChartRun {
    const key = `${id} ${name} ${detail}`;
    const known = this.#figures.get(run);
    if (known?.key === key) return known.figure;
    const away = new Set(run.timeline.lanes.filter((lane) => lane.ending === "refused").map((lane) => lane.task));
    const figure: ChartRun = {
      id,
      title: name,
      detail,
      ...run.drawn,
      noun: voice.noun,
      critical: run.critical,
      refused: (_answer, task) => away.has(task),
      reason: (task) => {
        const lane = run.timeline.lanes.find((each) => each.task === task);
        return lane && reasonOf(voice, lane, run.notes);
      },
    };
    this.#figures.set(run, { key, figure });
    return figure;
  }

  /** The last event of the operation at the cursor; undefined when nothing is pointed at. */
  #event({ id, run }: Entry, axis: Axis): number | undefined {
    const { cursor, at } = this;
    if (cursor?.run === id) return cursor.event;
    const atMs = cursor ? cursor.atMs : axis === "time" ? at : undefined;
    if (atMs !== undefined) return run.events.findLastIndex((event) => event.atMs <= atMs);
    return at === undefined ? undefined : Math.floor(at);
  }

  /** Shows the state that an event left: by time where that tells it from its neighbours, else by the order of events. */
  #seek({ run }: Entry, axis: Axis, event: number): void {
    const atMs = run.events[event]?.atMs ?? 0;
    const next = run.events[event + 1]?.atMs;
    if (axis === "time" && event >= 0 && (next === undefined || next > atMs)) this.#onMove(atMs);
    else this.#change({ axis: "order", at: event });
  }

  #toggle(): void {
    this.#player.toggle(this.at);
    if (!this.#player.playing) updateQuery(writeSettings({ ...this.#settings, at: this.#rounded(this.at) }));
  }

  /** To the next or the last place at which anything happens in any of the runs. */
  #step(by: 1 | -1): void {
    const here = this.at ?? (by > 0 ? -1 : Infinity);
    const next = by > 0 ? this.#moments.find((place) => place > here + 1e-6) : this.#moments.findLast((place) => place < here - 1e-6);
    this.#onMove(next);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== " " || event.defaultPrevented || (event.composedPath()[0] as Element).closest("button, input, summary, a")) return;
    event.preventDefault();
    this.#toggle();
  };

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
