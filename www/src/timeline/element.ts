import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { theme } from "../prefs/index.js";
import { base, buttons } from "../ui/styles.js";
import { CanvasSurface, Textures } from "./canvas-surface.js";
import { drawRuler } from "./draw-ruler.js";
import { listen, type Gestures } from "./gestures.js";
import { commandOf, type Command } from "./keys.js";
import { legend, shownIn } from "./legend.js";
import { msIn } from "./names.js";
import { Overview } from "./overview.js";
import { Painter, type Window } from "./painter.js";
import { readPalette } from "./palette.js";
import { liftOf, rowAt } from "./rows.js";
import type { Axis, Run, Stretch } from "./run.js";
import { valueAt, type Scale } from "./scale.js";
import { sentenceOf, totalOf } from "./sentences.js";
import { Stage, type Standing } from "./stage.js";
import { sentences, strings } from "./strings.js";
import { timelineStyles } from "./styles.js";
import { runHeader, tools } from "./view.js";

/** Room at the right edge for what stands at the very end: a cap, a cross. */
const MARGIN = 16;

/**
 * Draws runs under one another on one axis, on a canvas. See `index.ts` for how to use it.
 *
 * @fires timeline-move - The reader moved the time cursor; `detail` is the place on the axis, null at the end.
 * @fires timeline-cursor - The cursor stands on something else; `detail` is a `Standing`, or null.
 * @fires timeline-select - The reader selected a lane; `detail` is a `Standing`.
 * @fires timeline-window - What is shown has changed and come to rest; `detail` is a stretch, null for everything.
 */
@customElement("specsight-timeline")
export class TimelineElement extends LitElement {
  static override styles = [base, buttons, timelineStyles];

  @property({ attribute: false }) runs: readonly Run[] = [];
  @property() axis: Axis = "time";
  /** The time cursor, a place on the axis; undefined shows everything. */
  @property({ attribute: false }) at: number | undefined;
  /** What is shown of the axis; undefined for everything. */
  @property({ attribute: false }) window: Stretch | undefined;
  /** Whether the critical path is marked in runs that know theirs. */
  @property({ attribute: false }) critical = true;
  /** Whether the ruler has a handle that moves the time cursor. */
  @property({ type: Boolean, reflect: true }) scrub = false;

  #i18n = new Localized(this);
  @state() private reading = "";
  @query(".scroller") private scroller!: HTMLElement;
  @query(".grid") private grid!: HTMLElement;
  @query(".stage") private stageElement!: HTMLElement;
  @query(".ruler canvas") private rulerCanvas!: HTMLCanvasElement;
  @query(".probe") private probe!: HTMLElement;

  readonly #stage = new Stage();
  #painter: Painter | undefined;
  #overview: Overview | undefined;
  #frame = 0;
  #glide = 0;
  #settled: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];
  #width = 0;
  #gutter = 0;
  #stale = true;
  readonly #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const redress = (): void => {
      this.#stale = true;
      this.repaint();
    };
    const scrolled = (): void => this.repaint();
    const resized = (): void => this.#measure();
    dark.addEventListener("change", redress);
    document.addEventListener("scroll", scrolled, { capture: true, passive: true });
    addEventListener("resize", resized);
    void document.fonts.ready.then(redress);
    this.#stops = [
      theme.watch(redress),
      () => dark.removeEventListener("change", redress),
      () => document.removeEventListener("scroll", scrolled, { capture: true }),
      () => removeEventListener("resize", resized),
    ];
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#glide);
    this.#frame = 0;
    clearTimeout(this.#settled);
  }

  protected override firstUpdated(): void {
    this.#attach();
  }

  #attach(): void {
    const canvas = this.stageElement.querySelector("canvas");
    const overview = this.renderRoot.querySelector<HTMLCanvasElement>(".overview canvas");
    if (canvas) this.#painter ??= new Painter(canvas);
    if (overview) this.#overview ??= new Overview(overview);
    this.#observer.observe(this.grid);
    this.#stops.push(listen(this.stageElement, this.#gestures), this.#listenToOverview());
    this.#measure();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const stage = this.#stage;
    if (changed.has("runs") || changed.has("axis")) stage.show(this.runs, this.axis, this.#room());
    if (changed.has("window")) stage.shown = this.window ? stage.fittedTo(this.window) : stage.full;
    if (changed.has("at")) stage.at = this.at;
    if (changed.has("critical")) stage.critical = this.critical;
    this.#read();
  }

  protected override updated(): void {
    this.#measure();
  }

  /** The height that the lanes of a run may have when all of them are to be seen. */
  #room(): number {
    const count = Math.max(1, this.runs.length);
    return Math.max(140, (Math.min(innerHeight * 0.78, 720) - count * 130) / count);
  }

  #measure(): void {
    if (!this.#painter || !this.isConnected) return;
    const { scroller, grid } = this;
    const ruler = this.scrub ? 52 : 32;
    const tall = grid.offsetHeight > innerHeight * 1.5;
    if (tall !== "tall" in scroller.dataset) {
      if (tall) scroller.dataset["tall"] = "";
      else delete scroller.dataset["tall"];
    }
    const width = grid.clientWidth;
    const room = (tall ? scroller.clientHeight : innerHeight) - ruler;
    const height = Math.max(0, Math.min(grid.offsetHeight, room));
    this.#width = width;
    this.#gutter = this.rulerCanvas.parentElement?.querySelector<HTMLElement>(".corner")?.offsetWidth ?? 0;
    this.#painter.resize(width, height, devicePixelRatio);
    for (const canvas of [this.stageElement.querySelector("canvas")]) {
      if (canvas) Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.repaint();
  }

  /** The axis in pixels of the canvas. */
  get #scale(): Scale {
    const { from, to } = this.#stage.shown;
    return { from, to, left: this.#gutter, width: Math.max(0, this.#width - this.#gutter - MARGIN) };
  }

  /** Draws anew with the next frame; for whoever changes the theme of a part of the page. */
  repaint(): void {
    if (this.#frame !== 0 || !this.isConnected) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const painter = this.#painter;
    if (!painter || !this.hasUpdated) return;
    if (this.#stale) {
      const style = getComputedStyle(this);
      painter.dress(readPalette(this.probe), { text: style.getPropertyValue("--font-text"), code: style.getPropertyValue("--font-code") });
      this.#stale = false;
    }
    const stage = this.#stage;
    const scale = this.#scale;
    painter.paint(stage, this.#windows(), scale, this.#gutter, this.#i18n.lang);
    this.#paintRuler(painter, scale);
    const layouts = stage.strips.map(({ layout }) => layout);
    if (painter.palette) this.#overview?.paint(layouts, stage.order, stage.full, stage.shown, painter.palette, devicePixelRatio);
  }

  #paintRuler({ palette, fonts }: Painter, scale: Scale): void {
    const canvas = this.rulerCanvas;
    const context = canvas.getContext("2d");
    if (!context || !palette) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(this.#width * ratio), Math.round(26 * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      Object.assign(canvas.style, { width: `${this.#width}px`, height: "26px" });
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#width, 26);
    const totals = this.#stage.strips.map(({ layout }) => (layout.run.over === false ? Infinity : layout.totalMs));
    drawRuler(new CanvasSurface(context, palette, fonts, this.#rulerTextures), this.#i18n.lang, scale, this.#stage.order, totals, 2);
  }

  /** Nothing on the ruler has a texture. */
  readonly #rulerTextures = new Textures(undefined, 1);

  /** Where the rows of each run are on the canvas, as the page has placed them. */
  #windows(): (Window | undefined)[] {
    const { top } = this.stageElement.getBoundingClientRect();
    const height = this.#painter?.height ?? 0;
    const lifted = "tall" in this.scroller.dataset;
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".run")].map((run) => {
      const [header, body] = [run.querySelector("header"), run.querySelector(".body")];
      if (!header || !body) return undefined;
      const place = body.getBoundingClientRect();
      const covered = header.getBoundingClientRect().bottom - top;
      return { top: place.top - top, clipTop: Math.max(0, covered), clipBottom: Math.min(height, place.bottom - top), lifted };
    });
  }

  override render(): TemplateResult {
    const { lang } = this.#i18n;
    const stage = this.#stage;
    const layouts = stage.strips.map(({ layout }) => layout);
    const titles = this.runs.map((run) => `${run.title}, ${totalOf(lang, stage.strip(run.id)?.layout ?? (layouts[0] as never))}`);
    return html`
      <span class="probe" aria-hidden="true"></span>
      ${tools(lang, stage, (command) => this.#do(command), layouts.some(({ run }) => (run.critical?.length ?? 0) > 0))}
      <div class="scroller">
        <div class="ruler">
          <div class="corner"><slot name="corner"></slot></div>
          <div class="track">${this.scrub ? this.#scrubber() : nothing}</div>
          <canvas aria-hidden="true"></canvas>
        </div>
        <div class="grid">
          <div
            class="stage"
            role="application"
            tabindex="0"
            aria-roledescription=${this.#i18n.t(strings.kind)}
            aria-label=${this.#i18n.t(strings.label, titles.join("; "))}
            aria-description=${this.#i18n.t(strings.help)}
            @keydown=${this.#onKey}
            @focus=${this.#onFocus}
          >
            <canvas aria-hidden="true"></canvas>
          </div>
          <div class="runs">
            ${stage.strips.map((strip) => runHeader(lang, stage, strip, () => this.#changed(() => stage.fold(strip.layout.run.id)), () => this.#changed(() => stage.spreadLocks(strip.layout.run.id))))}
            ${stage.strips.length === 0 ? html`<p class="empty">${this.#i18n.t(strings.empty)}</p>` : nothing}
          </div>
        </div>
      </div>
      <p class=${this.reading ? "reading told" : "reading"} aria-live="polite">${this.reading || this.#i18n.t(strings.pointAtIt)}</p>
      ${legend(lang, shownIn(layouts, stage.order, this.critical))}
      <slot></slot>
    `;
  }

  #changed(change: () => void): void {
    change();
    this.requestUpdate();
  }

  /** The handle of the time cursor: a slider over the part of the axis that is shown. */
  #scrubber(): TemplateResult {
    const { shown, order, full } = this.#stage;
    const value = Math.min(Math.max(this.at ?? full.to, shown.from), shown.to);
    return html`<input
      type="range"
      min=${shown.from}
      max=${shown.to > shown.from ? shown.to : shown.from + 1}
      step=${order ? "1" : "any"}
      .value=${String(full.to > 0 ? value : 1)}
      ?disabled=${full.to === 0}
      aria-label=${this.#i18n.t(order ? strings.orderAxis : strings.moment)}
      aria-valuetext=${this.#momentText(value)}
      @input=${(event: Event) => this.#moveTime(Number((event.target as HTMLInputElement).value))}
    />`;
  }

  #momentText(value: number): string {
    const { lang } = this.#i18n;
    if (!this.#stage.order) return msIn(lang, Math.round(value * 10) / 10);
    const at = this.#stage.strips[0]?.layout.run.columns.atMs[Math.floor(value)] ?? 0;
    return this.#i18n.t(strings.eventAt, Math.floor(value), msIn(lang, at));
  }

  #moveTime(at: number): void {
    this.#tell("timeline-move", at >= this.#stage.full.to ? null : at);
  }

  #tell<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
  }

  // The cursor

  #read(): void {
    const { cursor } = this.#stage;
    const strip = this.#stage.strip(cursor?.run);
    if (!cursor || !strip) {
      this.reading = "";
      return;
    }
    const { lang } = this.#i18n;
    const sentence = sentenceOf(lang, strip.layout, strip.rows, cursor.place);
    this.reading = this.#stage.strips.length > 1 ? this.#i18n.t(sentences.inRun, strip.layout.run.title, sentence) : sentence;
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
    this.scroller.scrollTop = share * (this.scroller.scrollHeight - this.scroller.clientHeight);
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
        if (stage.brush && stage.cursor) stage.brush = { from: stage.brush.from, to: stage.cursor.at };
        this.#reveal();
        return this.#cursorMoved();
      case "zoom":
        return this.#glideTo(stage.zoomedBy(command.factor));
      case "pan":
        return this.#glideTo(stage.pannedBy(command.share));
      case "fit":
        return this.#fit();
      case "reach":
        return this.#zoomToCursor();
      case "height":
        return this.#heighten(command.by);
      case "critical":
        this.critical = !this.critical;
        return;
      case "brush":
        if (stage.cursor) stage.brush = { from: stage.cursor.at, to: stage.cursor.at };
        return this.repaint();
      case "accept":
        if (stage.brush) return this.#takeBrush();
        if (stage.standing) this.#tell<Standing>("timeline-select", stage.standing);
        return;
      case "escape":
        if (stage.brush) stage.brush = undefined;
        else stage.cursor = undefined;
        return this.#cursorMoved();
    }
  }

  #takeBrush(): void {
    const { brush } = this.#stage;
    this.#stage.brush = undefined;
    if (brush && brush.from !== brush.to) {
      this.#glideTo(this.#stage.fittedTo({ from: Math.min(brush.from, brush.to), to: Math.max(brush.from, brush.to) }));
    }
    this.repaint();
  }

  #zoomToCursor(): void {
    const { reach, full } = this.#stage;
    if (!reach) return;
    const to = Math.min(reach.to, full.to);
    const rim = Math.max((to - reach.from) * 0.5, (full.to - full.from) * 0.002);
    this.#glideTo(this.#stage.fittedTo({ from: reach.from - rim, to: to + rim }));
  }

  /** Scrolls and pans until what the cursor stands on can be seen. */
  #reveal(): void {
    const stage = this.#stage;
    const { cursor, shown } = stage;
    if (!cursor) return;
    if (cursor.at < shown.from || cursor.at > shown.to) {
      const length = shown.to - shown.from;
      this.#show(stage.fittedTo({ from: cursor.at - length / 2, to: cursor.at + length / 2 }));
    }
    if (cursor.place.kind !== "segment") return;
    const index = stage.strips.findIndex(({ layout }) => layout.run.id === cursor.run);
    const [strip, window] = [stage.strips[index], this.#windows()[index]];
    if (!strip || !window) return;
    const { rows } = strip;
    const top = window.top + rows.band + cursor.place.lane * rows.laneHeight;
    const bottom = Math.min(this.#painter?.height ?? 0, this.#visibleBottom()) - (rows.tracksHeight > 160 ? 0 : rows.tracksHeight);
    const header = this.renderRoot.querySelectorAll<HTMLElement>(".run header")[index]?.offsetHeight ?? 0;
    if (top < header) this.#scrollBy(top - header - 8);
    else if (top + rows.laneHeight > bottom) this.#scrollBy(top + rows.laneHeight - bottom + 8);
  }

  /** Where the window of the page ends, from the top of the canvas. */
  #visibleBottom(): number {
    return innerHeight - this.stageElement.getBoundingClientRect().top - 72;
  }

  #scrollBy(pixels: number): void {
    if ("tall" in this.scroller.dataset) this.scroller.scrollTop += pixels;
    else scrollBy({ top: pixels, behavior: "instant" });
  }

  // What is shown

  #fit(): void {
    this.#stage.brush = undefined;
    this.#glideTo(this.#stage.full);
  }

  #heighten(by: 1 | -1, y = (this.#painter?.height ?? 0) / 2): void {
    const anchor = this.#hit(y);
    const before = this.#stage.laneHeight;
    if (!this.#stage.resize(by)) return;
    this.requestUpdate();
    if (anchor?.row.kind !== "lane") return;
    const lane = anchor.row.lane;
    void this.updateComplete.then(() => this.#scrollBy(lane * (this.#stage.laneHeight - before)));
  }

  /** Shows a stretch at once. */
  #show(stretch: Stretch): void {
    const stage = this.#stage;
    const was = stage.zoomed;
    stage.shown = stretch;
    if (was !== stage.zoomed || this.scrub) this.requestUpdate();
    this.repaint();
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => {
      this.window = stage.zoomed ? stage.shown : undefined;
      this.#tell<Stretch | null>("timeline-window", this.window ?? null);
    }, 160);
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

  // The hand

  /** The run and row at a height of the canvas. */
  #hit(y: number) {
    const windows = this.#windows();
    const { strips } = this.#stage;
    for (const [index, window] of windows.entries()) {
      const strip = strips[index];
      if (!strip || !window || strip.folded || y < window.clipTop || y >= window.clipBottom) continue;
      const row = rowAt(strip.rows, y - window.top, window.lifted ? liftOf(strip.rows, window.clipBottom - window.top) : 0);
      if (row) return { strip, row, window };
    }
    return undefined;
  }

  #point(x: number, y: number): void {
    const hit = this.#hit(y);
    const at = valueAt(this.#scale, x);
    if (!hit) return;
    if (this.#stage.point(hit.strip.layout.run.id, hit.row, at)) this.#cursorMoved();
    else this.repaint();
  }

  readonly #gestures: Gestures = ((self: TimelineElement): Gestures => ({
    hover: (x, y) => self.#point(x, y),
    leave: () => {
      self.#stage.cursor = undefined;
      self.#cursorMoved();
    },
    tap: (x, y) => {
      self.#point(x, y);
      const { standing } = self.#stage;
      if (standing) self.#tell<Standing>("timeline-select", standing);
    },
    brush: (fromX, toX, _fromY, _toY, done) => {
      const scale = self.#scale;
      self.#stage.brush = { from: valueAt(scale, fromX), to: valueAt(scale, toX) };
      if (done) self.#takeBrush();
      self.repaint();
    },
    unbrush: () => {
      self.#stage.brush = undefined;
      self.repaint();
    },
    pan: (pixels) => self.#show(self.#stage.pannedBy(-pixels / Math.max(1, self.#scale.width))),
    zoom: (factor, x) => self.#show(self.#stage.zoomedBy(factor, valueAt(self.#scale, x))),
    heighten: (by, y) => self.#heighten(by, y),
    fit: () => self.#fit(),
    get pannable() {
      return self.#stage.zoomed;
    },
  }))(this);

  /** Dragging in the overview moves the window there. */
  #listenToOverview(): () => void {
    const element = this.renderRoot.querySelector<HTMLElement>(".overview");
    const stop = new AbortController();
    const go = (event: PointerEvent): void => {
      const { left, width } = (element as HTMLElement).getBoundingClientRect();
      const { full, shown } = this.#stage;
      const at = full.from + ((event.clientX - left) / Math.max(1, width)) * (full.to - full.from);
      const half = (shown.to - shown.from) / 2;
      this.#show(this.#stage.fittedTo({ from: at - half, to: at + half }));
    };
    element?.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      go(event);
    }, { signal: stop.signal });
    element?.addEventListener("pointermove", (event) => {
      if (element.hasPointerCapture(event.pointerId)) go(event);
    }, { signal: stop.signal });
    return () => stop.abort();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timeline": TimelineElement;
  }
}
