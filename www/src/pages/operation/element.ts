import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized, sentences } from "../../i18n/index.js";
import { WithKit, loadSystems, type Kit, type Timeline } from "../../kit/index.js";
import type { Operation, SystemInfo } from "../../kit/types.js";
import { href, navigate } from "../../router/index.js";
import "../../share/copy.js";
import { storyIds } from "../../story/file.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { PageElement } from "../page.js";
import { taskName } from "../../timeline/names.js";
import "../../timing/figure.js";
import "../../timing/nav.js";
import { eventOf, nowhere, type Look, type Place } from "../../timing/place.js";
import { accountOf } from "../../timing/readout.js";
import "./controls.js";
import "./instant.js";
import { callablePosition } from "./live.js";
import { presetFor, timedOperations, type Preset } from "./presets.js";
import { openSession, parseArgs, type Session } from "./session.js";
import { readSettings, writeSettings, type Settings } from "./settings.js";
import { jobsOf, type Voice } from "./sentences.js";
import { differenceFrom, entriesOf, strategiesBar, type Entry } from "./strategies.js";
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
        gap: var(--space-2);
        margin-top: var(--space-3);
        padding-block: var(--space-3);
        border-top: 1px solid var(--rule);
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
      .desk {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-6) var(--space-8);
        margin-top: var(--space-3);
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
        .bar .button {
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
        .bar .caption {
          display: none;
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.#systems = (await loadSystems()).filter((info) => timedOperations(info).length > 0);
  });
  #systems: readonly SystemInfo[] = [];
  #settings: Settings = readSettings(new URLSearchParams());
  #loading: string | undefined;
  #named = "";
  /** What the session was made from, to make it anew only when that changes. */
  #sessionKey: string | undefined;
  @state() private preset: { readonly key: string; readonly value: Preset } | undefined;
  @state() private session: Session | undefined;
  @state() private place: Place = nowhere;
  /** The operation run aside, with its state at every instant. */
  @state() private aside: Timeline | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.preset?.value.engine.free();
    this.preset = undefined;
    this.#forget();
    this.#sessionKey = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("route")) this.#settings = readSettings(this.route.query);
    const kit = this.#kit.kit;
    const found = this.#find();
    if (!kit || !found) return;
    if (found.operation.async) this.#load(kit, found.info, found.operation);
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
    const { axis: _axis, at: _at, zoom: _zoom, ...workload } = this.#settings;
    const ready = this.preset?.key === `${info.id}.${operation.name}` ? this.preset : undefined;
    const key = ready && JSON.stringify([ready.key, workload]);
    if (key === this.#sessionKey) return;
    this.#sessionKey = key;
    const typed = this.#settings.args === undefined ? undefined : parseArgs(this.#settings.args);
    this.session =
      ready && (!typed || "args" in typed)
        ? openSession(kit, info, operation, ready.value, typed && "args" in typed ? typed.args : undefined, this.#settings)
        : undefined;
    this.#forget();
    const own = this.session?.own;
    if (!ready || !this.session || !own?.ok) return;
    this.aside = ready.value.engine.timeline(operation.name, [...this.session.args]);
    this.aside.advance();
  }

  #forget(): void {
    this.aside?.free();
    this.aside = undefined;
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
      ${found.operation.async ? nothing : this.#plain(found.info, found.operation)}
      ${session ? this.#result(session, found.info, found.operation) : nothing}
    `;
  }

  /** A method that no event loop runs has no timeline, but a story may step through it. */
  #plain({ id, title }: SystemInfo, { name }: Operation): TemplateResult {
    const t = this.#i18n;
    const story = storyIds.includes(id) ? { action: t.t(strings.toStory, t.text(title)), href: href(`/systems/${id}/story`) } : {};
    return emptyState({ title: t.t(strings.plainMethod, name), ...story });
  }

  #result(session: Session, info: SystemInfo, operation: Operation): TemplateResult {
    const voice: Voice = { lang: this.#i18n.lang, noun: session.shape.noun, limitName: session.shape.limitName };
    const entries = entriesOf(voice, session, info, operation);
    const [own] = entries;
    return html`
      ${strategiesBar({ voice, session, onBeside: (beside) => this.#change({ beside }) })}
      ${troubleOf(voice, session, own?.told, () => this.#change({ limit: "1" }))} ${own ? this.#drawing(voice, own, entries) : nothing}
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

  #drawing(voice: Voice, own: Entry, entries: readonly Entry[]): TemplateResult {
    const { lang } = voice;
    return html`<div class="desk">
      <div>
        <specsight-timing-figure
          .heading=${this.#i18n.t(strings.heading)}
          .runs=${entries.map(({ told }) => told)}
          .look=${this.#settings}
          @figure-look=${(event: CustomEvent<Partial<Look>>) => this.#look(event.detail)}
          @figure-place=${(event: CustomEvent<Place>) => (this.place = event.detail)}
        ></specsight-timing-figure>
        <div class="reasons">
          ${entries.map(
            (entry) =>
              html`<p>
                <b>${entry.told.title}</b>
                ${sentences(lang, accountOf(lang, entry.told), jobsOf(lang, entry.run), entry === own ? "" : differenceFrom(voice, own, entry))}
              </p>`,
          )}
        </div>
      </div>
      ${this.aside
        ? html`<specsight-instant
            .timeline=${this.aside}
            .event=${this.#event(own)}
            .changes=${own.run.changes}
            .who=${(task: number) => taskName(lang, own.told, task)}
            @instant-seek=${(event: CustomEvent<number>) => this.#seek(own, event.detail)}
          ></specsight-instant>`
        : nothing}
    </div>`;
  }

  /** The last event of the operation at the cursor; undefined when nothing is pointed at. One that never ends stands still at its last. */
  #event({ told: { id, columns, outcome } }: Entry): number | undefined {
    return eventOf(this.place, id, columns) ?? (outcome?.kind === "deadlock" ? columns.atMs.length - 1 : undefined);
  }

  /** Shows the state that an event left: by time where that tells it from its neighbours, else by the order of events. */
  #seek({ told: { columns } }: Entry, event: number): void {
    const [atMs = 0, next] = columns.atMs.slice(Math.max(0, event), event + 2);
    if (this.place.axis === "time" && event >= 0 && (next === undefined || next > atMs)) this.#look({ at: atMs });
    else this.#look({ axis: "order", at: event, zoom: undefined });
  }

  #onSettings = (event: CustomEvent<Partial<Settings>>): void => this.#change(event.detail);

  /** A new workload is a stop of the back button; another look at the same one is not. */
  #change(changes: Partial<Settings>): void {
    this.#go({ ...this.#settings, ...changes, at: undefined, zoom: undefined }, false);
  }

  #look(changes: Partial<Look>): void {
    this.#go({ ...this.#settings, ...changes }, true);
  }

  #go(settings: Settings, replace: boolean): void {
    navigate(href("/timing/operation", { ...writeSettings(settings), lang: this.route.query.get("lang") }), { replace });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-operation": OperationPage;
  }
}
