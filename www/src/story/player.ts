import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base } from "../ui/styles.js";
import "./call-list.js";
import "./detail.js";
import { markState, type MarkedNode } from "./marks.js";
import { Playback } from "./playback.js";
import { python } from "./python.js";
import "./ruler.js";
import "./state-view.js";
import { strings } from "./strings.js";
import { duesOf, rulerOf, type Ruler } from "./times.js";
import type { Track } from "./track.js";
import "./transport.js";

const firstLimit = 12;

/**
 * The stepper: the calls of a track, the chosen one with its answer and its reasons, the state with what changed, and the
 * transport. Whoever uses it gives the track and keeps the position.
 *
 * @fires seek - the position changed; `detail` is the new one
 */
@customElement("specsight-player")
export class Player extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .frame {
        display: grid;
        grid-template: "list call" auto "list ruler" auto "list body" minmax(0, 1fr) "bar bar" auto / 256px minmax(0, 1fr);
        height: var(--player-height, 640px);
        border-block: 1px solid var(--rule);
      }
      .list {
        grid-area: list;
        min-height: 0;
        padding: var(--space-3) var(--space-3) var(--space-3) 0;
        border-inline-end: 1px solid var(--rule);
      }
      .list specsight-calls {
        height: 100%;
      }
      /* The call keeps its place and its height; a long batch scrolls inside. */
      .call {
        grid-area: call;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: safe center;
        gap: var(--space-1);
        height: 112px;
        padding: var(--space-2) 0 var(--space-2) var(--space-6);
        border-bottom: 1px solid var(--rule);
        margin-inline-start: 0;
        overflow-y: auto;
        scrollbar-width: thin;
        font: var(--text-15) / var(--leading-code) var(--font-code);
        font-variant-ligatures: none;
      }
      .source {
        overflow-wrap: anywhere;
      }
      .s,
      .n,
      .k {
        color: var(--ink-2);
      }
      .f {
        font-weight: 650;
      }
      .result {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 1.5ch;
      }
      .answer {
        overflow-wrap: anywhere;
        font-weight: 650;
      }
      .answer .arrow {
        color: var(--ink-2);
        font-weight: 400;
      }
      .answer .s,
      .answer .n,
      .answer .k {
        color: inherit;
      }
      .refused {
        color: var(--removed);
      }
      .aside {
        font: var(--text-13) / 1.4 var(--font-text);
        color: var(--ink-2);
      }
      .ruler {
        grid-area: ruler;
        padding: var(--space-2) 0 var(--space-2) var(--space-6);
        border-bottom: 1px solid var(--rule);
      }
      .body {
        grid-area: body;
        display: grid;
        grid-template-columns: minmax(0, 5fr) minmax(0, 8fr);
        min-height: 0;
      }
      .why,
      .state {
        overflow-y: auto;
        scrollbar-width: thin;
        overscroll-behavior: contain;
        padding: var(--space-4) 0 var(--space-6) var(--space-6);
      }
      .why {
        padding-inline-end: var(--space-6);
        border-inline-end: 1px solid var(--rule);
      }
      .state h3 {
        display: flex;
        gap: var(--space-3);
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
        margin-bottom: var(--space-2);
      }
      .state h3 span {
        font-weight: 400;
      }
      specsight-transport {
        grid-area: bar;
        border-top: 1px solid var(--rule);
      }
      details {
        display: none;
      }
      @container (min-width: 1160px) {
        .state {
          --state-size: var(--text-15);
        }
      }
      @container (max-width: 1000px) {
        .frame {
          grid-template-columns: 216px minmax(0, 1fr);
        }
        .body {
          grid-template-columns: minmax(0, 1fr);
          grid-template-rows: auto auto;
          overflow-y: auto;
        }
        .why,
        .state {
          overflow: visible;
          border: 0;
        }
        .why {
          padding-block-end: 0;
        }
      }
      @container (max-width: 640px) {
        .frame {
          grid-template: "call" auto "ruler" auto "body" auto "list" auto "bar" auto / minmax(0, 1fr);
          height: auto;
          border-bottom: 0;
        }
        .list {
          display: none;
        }
        .call {
          height: 88px;
          padding-inline: 0;
          font-size: var(--text-13);
        }
        .ruler {
          padding-inline: 0;
        }
        .body {
          overflow: visible;
        }
        .why,
        .state {
          padding-inline: 0;
        }
        /* The reasons keep their room, so that the state does not wander from step to step. */
        .why {
          min-height: 200px;
        }
        details {
          grid-area: list;
          display: block;
          border-top: 1px solid var(--rule);
        }
        summary {
          padding: var(--space-3) 0;
          cursor: pointer;
          color: var(--accent);
          min-height: var(--touch);
        }
        details specsight-calls {
          height: 308px;
          margin-bottom: var(--space-3);
        }
        specsight-transport {
          position: sticky;
          z-index: 1;
          bottom: calc(var(--bottom-bar, 0px) + env(safe-area-inset-bottom));
          background: var(--paper);
        }
      }
    `,
  ];

  @property({ attribute: false }) track: Track | undefined;
  /** Changes with the track's content: a call was added or taken back. */
  @property({ type: Number }) length = 0;
  @property({ type: Number }) position = 0;
  /** Whether keys are heard on the whole page, or only inside. */
  @property({ type: Boolean, attribute: "global-keys" }) globalKeys = false;
  @state() private limit = firstLimit;
  /** The narrow list is not built before it is opened. */
  @state() private listOpen = false;

  #i18n = new Localized(this);
  #playback = new Playback((position) => this.#dwell(position));
  #stop: (() => void) | undefined;
  #marked: { track: Track; position: number; limit: number; root: MarkedNode } | undefined;

  #ruled: { track: Track; length: number; ruler: Ruler | undefined } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.#playback.watch(this.#onPlayback);
    window.addEventListener("keydown", this.#onWindowKey);
    this.addEventListener("keydown", this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#playback.pause();
    this.#stop?.();
    window.removeEventListener("keydown", this.#onWindowKey);
    this.removeEventListener("keydown", this.#onKey);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("track") || changed.has("length")) {
      this.#marked = undefined;
      this.#playback.load(this.track ? this.length : 0, this.position);
    } else if (changed.has("position")) {
      this.#playback.seek(this.position);
    }
    if (changed.has("track")) this.limit = firstLimit;
  }

  /** Reading aloud at 1x: a moment for the call, and a time for each letter of its sentence. */
  #dwell(position: number): number {
    const watch = this.track?.calls[position - 1]?.watch;
    const letters = watch ? this.#i18n.text(watch).length * (this.#i18n.lang === "zh-HK" ? 3 : 1) : 0;
    return Math.min(9000, 1400 + 42 * letters);
  }

  #onPlayback = (): void => {
    if (this.#playback.position === this.position) return;
    this.position = this.#playback.position;
    this.dispatchEvent(new CustomEvent("seek", { detail: this.position }));
  };

  #onWindowKey = (event: KeyboardEvent): void => {
    if (this.globalKeys) this.#onKey(event);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const path = event.composedPath();
    const target = path[0] as HTMLElement;
    if (path.some((each) => each instanceof HTMLDialogElement && each.open)) return;
    const slider = target instanceof HTMLInputElement && target.type === "range";
    if (!slider && /^(input|textarea|select)$/i.test(target.tagName ?? "")) return;
    if (event.key === " " && /^(button|a|summary)$/i.test(target.tagName ?? "")) return;
    const act = {
      ArrowRight: () => this.#playback.step(1),
      ArrowLeft: () => this.#playback.step(-1),
      Home: () => this.#playback.step(-Infinity),
      End: () => this.#playback.step(Infinity),
      " ": () => this.#playback.toggle(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  #seek = (event: CustomEvent<number>): void => {
    event.stopPropagation();
    this.#playback.pause();
    this.#playback.seek(event.detail);
  };

  /** The ruler of the track; looked for once, since it reads the whole track. */
  #ruler(track: Track): Ruler | undefined {
    if (this.#ruled?.track !== track || this.#ruled.length !== track.length) {
      this.#ruled = { track, length: track.length, ruler: rulerOf(track) };
    }
    return this.#ruled.ruler;
  }

  #state(track: Track): MarkedNode {
    const { position, limit } = this;
    const have = this.#marked;
    if (have?.track === track && have.position === position && have.limit === limit) return have.root;
    const changes = track.changes(position);
    const before = changes.some((change) => change.kind === "removed") ? track.viewBefore(position, limit) : undefined;
    const root = markState(track.view(position, limit), before, changes);
    this.#marked = { track, position, limit, root };
    return root;
  }

  override render(): TemplateResult | typeof nothing {
    const { track } = this;
    if (!track) return nothing;
    const t = this.#i18n;
    const position = Math.min(this.position, track.length);
    const changes = track.changes(position);
    const time = track.clock(position);
    const staysDead = track.system.uses.some((pattern) => pattern.id === "inline_ttl");
    const ruler = this.#ruler(track);
    const list = (): TemplateResult =>
      html`<specsight-calls .track=${track} .length=${track.length} .position=${position} @seek=${this.#seek}></specsight-calls>`;
    return html`<div class="frame">
      <div class="list">${list()}</div>
      <div class="call" tabindex="0" role="group" aria-label=${t.t(strings.call)} aria-live="polite">${this.#call(track, position)}</div>
      ${ruler
        ? html`<div class="ruler"><specsight-ruler .ruler=${ruler} .dues=${duesOf(this.#state(track).node)} .now=${time}></specsight-ruler></div>`
        : nothing}
      <div class="body">
        <div class="why" tabindex="0" role="region" aria-label=${t.t(strings.why)}><specsight-why .track=${track} .length=${track.length} .position=${position}></specsight-why></div>
        <div class="state" tabindex="0" role="region" aria-label=${t.t(strings.state)}>
          <h3>${t.t(strings.state)} <span>${position > 0 ? (changes.length ? t.t(strings.changes, changes.length) : t.t(strings.noChanges)) : ""}</span></h3>
          <specsight-state
            .root=${this.#state(track)}
            .position=${position}
            .deadFrom=${staysDead ? time : undefined}
            @more=${() => (this.limit *= 8)}
          ></specsight-state>
        </div>
      </div>
      <details @toggle=${(event: Event) => (this.listOpen = (event.currentTarget as HTMLDetailsElement).open)}>
        <summary>${t.t(strings.allCalls, track.length)}</summary>
        ${this.listOpen ? list() : nothing}
      </details>
      <specsight-transport
        .playback=${this.#playback}
        clock=${time === undefined ? "" : t.t(strings.clock, t.number(time))}
      ></specsight-transport>
    </div>`;
  }

  #call(track: Track, position: number): TemplateResult {
    const t = this.#i18n;
    if (position === 0) return html`<span class="source">${python(track.constructorText)}</span>`;
    const step = track.step(position);
    const source = html`<span class="source">${python(step.callText)}</span>`;
    if (!step.ok) {
      return html`${source}<span class="result"
          ><span class="answer refused"><span class="arrow">✗</span> ${step.error.exception ?? step.error.code}</span></span
        >`;
    }
    return html`${source}<span class="result"
        ><span class="answer"><span class="arrow">→</span><span class="visually-hidden">${t.t(strings.returns)} </span> ${python(step.returnsText)}</span>${step.virtualMs === undefined
          ? nothing
          : html`<span class="aside">${t.t(strings.virtualTime, t.number(step.virtualMs))}</span>`}</span
      >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-player": Player;
  }
}
