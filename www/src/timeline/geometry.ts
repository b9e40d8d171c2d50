import { liftOf, rowAt, type Row } from "./rows.js";
import type { Window } from "./painter.js";
import type { Scale } from "./scale.js";
import type { Stage, Strip } from "./stage.js";

/** Room at the right edge for what stands at the very end: a cap, a cross. */
const MARGIN = 16;
/** A chart that is so many times higher than the window gets a scrollbar of its own. */
const TALL = 1.5;
/** What stands at the lower edge of the window and would hide a lane: the sentence, on a phone the bottom bar. */
const FOOT = 72;

/** A run and a row of it under a pointer. */
export interface Hit {
  readonly strip: Strip;
  readonly row: Row;
  /** The lane as a number with its fraction, from the top of the lanes. */
  readonly lane: number;
}

/** Where the parts of the chart are on the page: the page places them, this only asks. */
export class Geometry {
  readonly #scroller: HTMLElement;
  readonly #ruler: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #stage: HTMLElement;
  width = 0;
  height = 0;
  gutter = 0;

  constructor(root: ParentNode) {
    const find = (selector: string): HTMLElement => {
      const found = root.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`The timeline has no ${selector}`);
      return found;
    };
    this.#scroller = find(".scroller");
    this.#ruler = find(".ruler");
    this.#grid = find(".grid");
    this.#stage = find(".stage");
  }

  /** Whether the chart scrolls by itself instead of with the page. */
  get tall(): boolean {
    return "tall" in this.#scroller.dataset;
  }

  /** Takes the sizes anew. */
  measure(): void {
    const tall = this.#grid.offsetHeight > innerHeight * TALL;
    if (tall !== this.tall) {
      if (tall) this.#scroller.dataset["tall"] = "";
      else delete this.#scroller.dataset["tall"];
    }
    const room = (tall ? this.#scroller.clientHeight : innerHeight) - this.#ruler.offsetHeight;
    this.width = this.#grid.clientWidth;
    this.height = Math.max(0, Math.min(this.#grid.offsetHeight, room));
    this.gutter = this.#ruler.querySelector<HTMLElement>(".corner")?.offsetWidth ?? 0;
  }

  /** The axis in pixels of the canvas. */
  scale({ shown: { from, to } }: Stage): Scale {
    return { from, to, left: this.gutter, width: Math.max(0, this.width - this.gutter - MARGIN) };
  }

  /** Where the rows of each run are on the canvas. */
  windows(): (Window | undefined)[] {
    const { top } = this.#stage.getBoundingClientRect();
    const lifted = this.tall;
    return [...this.#grid.querySelectorAll<HTMLElement>(".run")].map((run) => {
      const [header, body] = [run.querySelector("header"), run.querySelector(".body")];
      if (!header || !body) return undefined;
      const place = body.getBoundingClientRect();
      const covered = header.getBoundingClientRect().bottom - top;
      return { top: place.top - top, clipTop: Math.max(0, covered), clipBottom: Math.min(this.height, place.bottom - top), lifted };
    });
  }

  /** The run and row at a height of the canvas. */
  hit({ strips }: Stage, y: number): Hit | undefined {
    for (const [index, window] of this.windows().entries()) {
      const strip = strips[index];
      if (!strip || !window || strip.folded || y < window.clipTop || y >= window.clipBottom) continue;
      const { rows } = strip;
      const row = rowAt(rows, y - window.top, window.lifted ? liftOf(rows, window.clipBottom - window.top) : 0);
      if (row) return { strip, row, lane: (y - window.top - rows.band) / rows.laneHeight };
    }
    return undefined;
  }

  /** Scrolls until a lane of a run can be seen. */
  reveal({ strips }: Stage, id: string, lane: number): void {
    const index = strips.findIndex(({ layout }) => layout.run.id === id);
    const [strip, window] = [strips[index], this.windows()[index]];
    if (!strip || !window) return;
    const { rows } = strip;
    const top = window.top + rows.band + lane * rows.laneHeight;
    const foot = window.lifted ? (rows.tracksHeight > 160 ? 0 : rows.tracksHeight) : 0;
    const edge = Math.min(this.height, innerHeight - this.#stage.getBoundingClientRect().top - FOOT) - foot;
    const header = this.#grid.querySelectorAll<HTMLElement>(".run header")[index]?.offsetHeight ?? 0;
    if (top < header) this.scrollBy(top - header - 8);
    else if (top + rows.laneHeight > edge) this.scrollBy(top + rows.laneHeight - edge + 8);
  }

  /** Scrolls so that a lane of a run is the first one under its header. */
  scrollTo({ strips }: Stage, id: string, lane: number): void {
    const index = strips.findIndex(({ layout }) => layout.run.id === id);
    const [strip, window] = [strips[index], this.windows()[index]];
    if (!strip || !window) return;
    const header = this.#grid.querySelectorAll<HTMLElement>(".run header")[index]?.offsetHeight ?? 0;
    this.scrollBy(window.top + strip.rows.band + lane * strip.rows.laneHeight - header);
  }

  scrollBy(pixels: number): void {
    if (this.tall) this.#scroller.scrollTop += pixels;
    else scrollBy({ top: pixels, behavior: "instant" });
  }

  /** Scrolls a chart that has its own scrollbar to a share of the way. */
  scrollToShare(share: number): void {
    this.#scroller.scrollTop = share * (this.#scroller.scrollHeight - this.#scroller.clientHeight);
  }
}

/** The height that the lanes of so many runs may have together, for all to be seen at once: the window's, less what is around them. */
export function roomOf(runs: number): number {
  return Math.min(innerHeight * 0.78, 720) - runs * 130;
}
