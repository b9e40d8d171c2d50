import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base, buttons } from "../ui/styles.js";
import { drawRuler, paintRuler } from "./draw-ruler.js";
import { Geometry, roomOf } from "./geometry.js";
import { listen, listenToOverview } from "./gestures.js";
import { handOf } from "./hand.js";
import { commandOf, type Command } from "./keys.js";
import { legend, shownIn } from "./legend.js";
import { Overview } from "./overview.js";
import { Painter } from "./painter.js";
import { readPalette } from "./palette.js";
import type { Snapshot } from "./picture.js";
import type { Axis, Run, Stretch } from "./run.js";
import { near } from "./scale.js";
import { scrubber } from "./scrubber.js";
import { sentenceOf, totalOf } from "./sentences.js";
import { Stage, type LaneOfRun, type Standing } from "./stage.js";
import { sentences, strings } from "./strings.js";
import { timelineStyles } from "./styles.js";
import "./table.js";
import { runHeader, tools } from "./view.js";

/** How long nothing must move until the page is told what is shown. */
const REST = 160;

/**
 * Draws runs under one another on one axis, on a canvas. See `index.ts` for how to use it.
 *
 * @fires timeline-move - The reader moved the time cursor; `detail` is the place on the axis, null at the end.
 * @fires timeline-cursor - The cursor stands on something else; `detail` is a `Standing`, or null.
 * @fires timeline-select - The reader selected a lane; `detail` is a `Standing`.
 * @fires timeline-window - What is shown has changed and come to rest; `detail` is a stretch, null for everything.
 * @slot corner - Left of the ruler.
 * @slot tools - At the end of the tools.
 * @slot run-ID - In the head of the run with that id.
 */
@customElement("specsight-timeline")
export class TimelineElement extends LitElement {
  static override styles = [base, buttons, timelineStyles];

  /** A list of the same runs is no change, whoever made it anew. */
  @property({ attribute: false, hasChanged: (now: readonly Run[], was?: readonly Run[]) => !sameRuns(now, was) }) runs: readonly Run[] = [];
  @property() axis: Axis = "time";
  /** The time cursor, a place on the axis; undefined shows everything. */
  @property({ attribute: false }) at: number | undefined;
  /** What is shown of the axis; undefined for everything. */
  @property({ attribute: false }) window: Stretch | undefined;
  /** Whether the critical path is marked in runs that know theirs. */
  @property({ attribute: false }) critical = true;
  /** The lane that is lit while the cursor stands nowhere. */
  @property({ attribute: false }) selected: LaneOfRun | undefined;
  /** Whether the ruler has a handle that moves the time cursor. */
  @property({ type: Boolean, reflect: true }) scrub = false;

  #i18n = new Localized(this);
  @state() private reading = "";
  @query(".stage") private stageElement!: HTMLElement;
  @query(".stage canvas") private canvas!: HTMLCanvasElement;
  @query(".ruler canvas") private rulerCanvas!: HTMLCanvasElement;
  @query(".overview") private overviewElement!: HTMLElement;
  @query(".probe") private probe!: HTMLElement;

  readonly #stage = new Stage();
  #geometry: Geometry | undefined;
  #painter: Painter | undefined;
  #overview: Overview | undefined;
  #frame = 0;
  #glide = 0;
  /** What the page was last told is shown. */
  #told: Stretch | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];
  /** The colours must be read anew before the next drawing. */
  #undressed = true;
  readonly #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    const on = (target: EventTarget, event: string, call: () => void, options: AddEventListenerOptions = {}): void => {
      target.addEventListener(event, call, options);
      this.#stops.push(() => target.removeEventListener(event, call, options));
    };
    on(document, "scroll", () => this.repaint(), { capture: true, passive: true });
    on(globalThis, "resize", () => this.#measure());
    // A font that the canvas asks for comes when it comes.
    on(document.fonts, "loadingdone", this.#redress);
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#glide);
    this.#frame = 0;
    clearTimeout(this.#rest);
  }

  protected override firstUpdated(): void {
    this.#geometry = new Geometry(this.renderRoot);
    this.#painter = new Painter(this.canvas);
    this.#overview = new Overview(this.overviewElement);
    this.#attach();
  }

  #attach(): void {
    this.#observer.observe(this.stageElement.parentElement as HTMLElement);
    const hand = handOf(this.#stage, () => this.#geometry, {
      show: (stretch) => this.#show(stretch),
      glide: (stretch) => this.#glideTo(stretch),
      resize: () => this.requestUpdate(),
      afterUpdate: (call) => void this.updateComplete.then(call),
      moved: () => this.#cursorMoved(),
      selected: () => this.#do({ kind: "accept" }),
      repaint: () => this.repaint(),
    });
    this.#stops.push(listen(this.stageElement, hand), listenToOverview(this.overviewElement, this.#stage, (stretch) => this.#show(stretch)));
    this.#measure();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const stage = this.#stage;
    if (changed.has("runs") || changed.has("axis")) stage.show(this.runs, this.axis, roomOf(this.runs.length));
    // What comes back from the page's address is what it was told a moment ago: the reader may have moved on since.
    if (changed.has("window") && !near(this.window, this.#told)) {
      stage.shown = this.window ? stage.fittedTo(this.window) : stage.full;
      this.#told = this.window;
    }
    if (changed.has("at")) stage.at = this.at;
    stage.selected = this.selected;
    if (changed.has("critical")) stage.critical = this.critical;
    this.#read();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#measure();
    // At once: whoever moves the window with every frame would otherwise see every second one. New runs cost a moment of
    // their own; the browser may draw what is around them first.
    if (!changed.has("runs")) this.#paint();
  }

  // Drawing

  readonly #redress = (): void => {
    this.#undressed = true;
    this.repaint();
  };

  #measure(): void {
    if (!this.#geometry || !this.isConnected) return;
    this.#geometry.measure();
    const { width, height } = this.#geometry;
    this.#painter?.resize(width, height, devicePixelRatio);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.repaint();
  }

  /** Draws anew with the next frame. */
  repaint(): void {
    if (this.#frame !== 0 || !this.isConnected) return;
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const [painter, geometry, stage] = [this.#painter, this.#geometry, this.#stage];
    if (!painter || !geometry) return;
    if (this.#undressed) {
      const style = getComputedStyle(this);
      painter.dress(readPalette(this.probe), { text: style.getPropertyValue("--font-text"), code: style.getPropertyValue("--font-code") });
      this.#undressed = false;
    }
    const { lang } = this.#i18n;
    const { palette, fonts } = painter;
    const scale = geometry.scale(stage);
    const layouts = stage.strips.map(({ layout }) => layout);
    painter.paint(stage, geometry.windows(), scale, geometry.gutter, lang);
    if (!palette) return;
    const totals = layouts.map(({ run, totalMs }) => (run.over === false ? Infinity : totalMs));
    paintRuler(this.rulerCanvas, geometry.width, devicePixelRatio, palette, fonts, (surface) => drawRuler(surface, lang, scale, stage.order, totals, 2));
    this.#overview?.paint(layouts, stage.order, stage.full, stage.shown, palette, devicePixelRatio);
  }

  /** What is shown now, for a picture of it; undefined until it has been drawn. */
  get snapshot(): Snapshot | undefined {
    const { palette, fonts } = this.#painter ?? {};
    const { strips, order, shown, critical } = this.#stage;
    const layouts = strips.filter(({ folded }) => !folded).map(({ layout }) => layout);
    return palette && fonts ? { lang: this.#i18n.lang, layouts, order, shown, critical, palette, fonts } : undefined;
  }

  override render(): TemplateResult {
    const { lang } = this.#i18n;
    const stage = this.#stage;
    const layouts = stage.strips.map(({ layout }) => layout);
    const titles = layouts.map((layout) => `${layout.run.title}, ${totalOf(lang, layout)}`).join("; ");
    const change = (make: () => void) => (): void => {
      make();
      this.requestUpdate();
    };
    return html`
      <span class="probe" aria-hidden="true"></span>
      <span class="dresser" aria-hidden="true" @transitionrun=${this.#redress}></span>
      ${tools(lang, stage, (command) => this.#do(command))}
      <div class="scroller">
        <div class="ruler">
          <div class="corner"><slot name="corner"></slot></div>
          <div class="track">${this.scrub ? scrubber(lang, stage, (at) => this.#moveTime(at)) : nothing}</div>
          <canvas aria-hidden="true"></canvas>
        </div>
        <div class="grid">
          <div
            class="stage"
            role="application"
            tabindex="0"
            aria-roledescription=${this.#i18n.t(strings.kind)}
            aria-label=${this.#i18n.t(strings.label, titles)}
            aria-description=${this.#i18n.t(strings.help)}
            @keydown=${this.#onKey}
            @focus=${this.#onFocus}
          >
            <canvas aria-hidden="true"></canvas>
          </div>
          <div class="runs">
            ${stage.strips.map((strip) => {
              const { id } = strip.layout.run;
              return runHeader(lang, stage, strip, change(() => stage.fold(id)), change(() => stage.spreadLocks(id)));
            })}
            ${layouts.length === 0 ? html`<p class="empty">${this.#i18n.t(strings.empty)}</p>` : nothing}
          </div>
        </div>
      </div>
      <p class=${this.reading ? "reading told" : "reading"} aria-live="polite">${this.reading || this.#i18n.t(strings.pointAtIt)}</p>
      ${legend(lang, shownIn(layouts, stage.order, this.critical))}
      <specsight-timeline-table .layouts=${layouts}></specsight-timeline-table>
      <slot></slot>
    `;
  }

  #moveTime(at: number): void {
    this.#tell("timeline-move", at >= this.#stage.full.to ? null : at);
  }

  #tell<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
  }

  // The cursor

  #read(): void {
    const { cursor, strips } = this.#stage;
    const strip = this.#stage.strip(cursor?.run);
    if (!cursor || !strip) {
      this.reading = "";
      return;
    }
    const sentence = sentenceOf(this.#i18n.lang, strip.layout, strip.rows, cursor.place);
    this.reading = strips.length > 1 ? this.#i18n.t(sentences.inRun, strip.layout.run.title, sentence) : sentence;
  }

  #cursorMoved(): void {
    this.#read();
    this.repaint();
    this.#tell<Standing | null>("timeline-cursor", this.#stage.standing ?? null);
  }

  /** Puts the cursor on an event of a run and brings it into sight. */
  goTo(run: string, event: number): void {
    if (this.#stage.goTo(run, event)) this.#reveal();
    this.#cursorMoved();
  }

  /** Puts the cursor on the first thing a task does and brings it into sight. */
  goToTask(run: string, task: number): void {
    if (this.#stage.goToTask(run, task)) this.#reveal();
    this.#cursorMoved();
  }

  /** Gives every lane a height in pixels; undefined for the usual one. */
  resizeLanes(height: number | undefined): void {
    if (this.#stage.setHeight(height)) this.requestUpdate();
  }

  /** Scrolls a chart that has its own scrollbar to a share of the way. */
  scrollLanes(share: number): void {
    this.#geometry?.scrollToShare(share);
  }

  #onFocus = (): void => {
    if (this.#stage.cursor || !this.stageElement.matches(":focus-visible")) return;
    this.#stage.move("right");
    this.#cursorMoved();
  };

  #onKey = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (!command || event.target !== this.stageElement) return;
    if (command.kind === "escape" && !this.#stage.cursor && !this.#stage.brush) return;
    event.preventDefault();
    event.stopPropagation();
    this.#do(command);
  };

  #do(command: Command): void {
    const stage = this.#stage;
    switch (command.kind) {
      case "move":
        stage.move(command.move);
        if (stage.brush && stage.cursor) stage.brush = { ...stage.brush, to: stage.cursor.at };
        this.#reveal();
        return this.#cursorMoved();
      case "zoom":
        return this.#glideTo(stage.zoomedBy(command.factor));
      case "pan":
        return this.#glideTo(stage.pannedBy(command.share));
      case "fit":
        stage.brush = undefined;
        return this.#glideTo(stage.full);
      case "reach":
        return this.#glideTo(stage.aroundCursor);
      case "height":
        if (stage.resize(command.by)) this.requestUpdate();
        void this.updateComplete.then(() => this.#reveal());
        return;
      case "critical":
        this.critical = !this.critical;
        return;
      case "brush":
        if (stage.cursor) stage.brush = { from: stage.cursor.at, to: stage.cursor.at };
        return this.repaint();
      case "accept":
        if (stage.brush) this.#glideTo(stage.takeBrush());
        else if (stage.standing) this.#tell<Standing>("timeline-select", stage.standing);
        return;
      case "escape":
        if (stage.brush) stage.brush = undefined;
        else stage.cursor = undefined;
        return this.#cursorMoved();
    }
  }

  /** Scrolls and pans until what the cursor stands on can be seen. */
  #reveal(): void {
    const stage = this.#stage;
    const { cursor } = stage;
    if (!cursor) return;
    if (!stage.cursorShown) this.#show(stage.atCursor);
    if (cursor.place.kind === "segment") this.#geometry?.reveal(stage, cursor.run, cursor.place.lane);
  }

  // What is shown

  /** Shows a stretch at once. */
  #show(stretch: Stretch): void {
    const stage = this.#stage;
    const was = stage.zoomed;
    stage.shown = stretch;
    if (was !== stage.zoomed || this.scrub) this.requestUpdate();
    this.repaint();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.window = this.#told = stage.zoomed ? stage.shown : undefined;
      this.#tell<Stretch | null>("timeline-window", this.window ?? null);
    }, REST);
  }

  /** Goes to a stretch so that the eye can follow; at once for readers who asked for less motion. */
  #glideTo(target: Stretch): void {
    cancelAnimationFrame(this.#glide);
    const length = Number.parseFloat(getComputedStyle(this).getPropertyValue("--motion")) || 0;
    const { from, to } = this.#stage.shown;
    const begun = performance.now();
    const step = (now: number): void => {
      const share = length > 0 ? Math.min(1, Math.max(0, (now - begun) / length)) : 1;
      const eased = 1 - (1 - share) ** 3;
      this.#show(share < 1 ? { from: from + (target.from - from) * eased, to: to + (target.to - to) * eased } : target);
      if (share < 1) this.#glide = requestAnimationFrame(step);
    };
    step(begun);
  }
}

function sameRuns(now: readonly Run[], was: readonly Run[] | undefined): boolean {
  return was !== undefined && now.length === was.length && now.every((run, at) => run === was[at]);
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timeline": TimelineElement;
  }
}
