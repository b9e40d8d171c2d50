import type { Stretch } from "./run.js";
import type { Stage } from "./stage.js";

/** What a hand does to the chart; positions are from the left and top of the element. */
export interface Gestures {
  /** A pointer is over a place. */
  hover(x: number, y: number): void;
  leave(): void;
  tap(x: number, y: number): void;
  /** A brush goes from one place to another; `done` when it is let go. */
  brush(fromX: number, toX: number, fromY: number, toY: number, done: boolean): void;
  /** The brush was given up. */
  unbrush(): void;
  /** By so many pixels to the right. */
  pan(pixels: number): void;
  zoom(factor: number, x: number): void;
  /** The lanes higher or lower. */
  heighten(by: 1 | -1, y: number): void;
  fit(): void;
  /** Whether there is anything to pan to: else the page keeps its wheel. */
  readonly pannable: boolean;
}

/** How far a pointer may stray and still have tapped. */
const STRAY = 4;
const PIXELS_PER_LINE = 16;

/** Turns pointer and wheel events of an element into gestures. Returns what ends that. */
export function listen(element: HTMLElement, gestures: Gestures): () => void {
  const hand = new Hand(element, gestures);
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener("pointerdown", (event) => hand.down(event), { signal });
  element.addEventListener("pointermove", (event) => hand.move(event), { signal });
  element.addEventListener("pointerup", (event) => hand.up(event), { signal });
  element.addEventListener("pointercancel", (event) => hand.cancel(event), { signal });
  element.addEventListener("pointerleave", (event) => hand.leave(event), { signal });
  element.addEventListener("dblclick", () => gestures.fit(), { signal });
  element.addEventListener("wheel", (event) => hand.wheel(event), { signal, passive: false });
  element.addEventListener("keydown", (event) => hand.key(event, true), { signal });
  element.addEventListener("keyup", (event) => hand.key(event, false), { signal });
  element.addEventListener("blur", () => hand.release(), { signal });
  return () => stop.abort();
}

interface Point {
  x: number;
  y: number;
}

class Hand {
  readonly #element: HTMLElement;
  readonly #gestures: Gestures;
  readonly #down = new Map<number, Point>();
  #begin: Point | undefined;
  #doing: "nothing" | "maybe" | "brush" | "pan" | "pinch" = "nothing";
  #space = false;
  /** The pointer went down while the space bar was. */
  #used = false;

  constructor(element: HTMLElement, gestures: Gestures) {
    this.#element = element;
    this.#gestures = gestures;
  }

  #at(event: MouseEvent): Point {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  down(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button > 1) return;
    const at = this.#at(event);
    this.#down.set(event.pointerId, at);
    if (this.#down.size === 2) {
      if (this.#doing === "brush") this.#gestures.unbrush();
      this.#doing = "pinch";
      return;
    }
    this.#begin = at;
    this.#used = this.#space;
    this.#doing = this.#space || event.shiftKey || event.button === 1 ? "pan" : "maybe";
    if (event.pointerType !== "touch") this.#element.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  }

  move(event: PointerEvent): void {
    const at = this.#at(event);
    const before = this.#down.get(event.pointerId);
    if (!before || !this.#begin) {
      if (event.pointerType !== "touch") this.#gestures.hover(at.x, at.y);
      return;
    }
    if (this.#doing === "pinch") return this.#pinch(event.pointerId, before, at);
    const begin = this.#begin;
    if (this.#doing === "maybe" && Math.hypot(at.x - begin.x, at.y - begin.y) > STRAY) {
      this.#doing = event.pointerType === "touch" ? "pan" : "brush";
    }
    this.#down.set(event.pointerId, at);
    if (this.#doing === "pan") this.#gestures.pan(at.x - before.x);
    else if (this.#doing === "brush") this.#gestures.brush(begin.x, at.x, begin.y, at.y, false);
  }

  /** Zooms by how far two fingers are apart, around the place between them. */
  #pinch(id: number, before: Point, at: Point): void {
    const other = [...this.#down].find(([pointer]) => pointer !== id)?.[1];
    this.#down.set(id, at);
    if (!other) return;
    const [from, to] = [Math.abs(before.x - other.x), Math.abs(at.x - other.x)];
    const middle = (at.x + other.x) / 2;
    this.#gestures.pan((at.x - before.x) / 2);
    if (from > 8 && to > 8) this.#gestures.zoom(to / from, middle);
  }

  up(event: PointerEvent): void {
    const at = this.#at(event);
    const begin = this.#begin;
    this.#down.delete(event.pointerId);
    if (begin && this.#doing === "maybe") this.#gestures.tap(at.x, at.y);
    if (begin && this.#doing === "brush") this.#gestures.brush(begin.x, at.x, begin.y, at.y, true);
    this.#rest();
  }

  cancel(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    if (this.#doing === "brush") this.#gestures.unbrush();
    this.#rest();
  }

  /** A finger that stays after a pinch does nothing more until it is lifted. */
  #rest(): void {
    if (this.#down.size > 0) return;
    this.#doing = "nothing";
    this.#begin = undefined;
  }

  leave(event: PointerEvent): void {
    // What a finger tapped stays; a mouse that leaves takes its light along.
    if (event.pointerType !== "touch" && this.#down.size === 0) this.#gestures.leave();
  }

  wheel(event: WheelEvent): void {
    const { x, y } = this.#at(event);
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PIXELS_PER_LINE : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    // A pinch on a touchpad comes as a wheel with Ctrl. A bare wheel belongs to the page.
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#gestures.zoom(Math.exp(-dy / 240), x);
    } else if (event.altKey && dy !== 0) {
      event.preventDefault();
      this.#gestures.heighten(dy < 0 ? 1 : -1, y);
    } else if (this.#gestures.pannable && (event.shiftKey || Math.abs(dx) > Math.abs(dy))) {
      event.preventDefault();
      this.#gestures.pan(event.shiftKey && dx === 0 ? -dy : -dx);
    }
  }

  key(event: KeyboardEvent, down: boolean): void {
    if (event.key !== " ") return;
    // Without this the page would scroll under the hand that is about to pan.
    if (down || this.#used) event.preventDefault();
    this.#space = down;
    if (!down) this.#used = false;
  }

  release(): void {
    this.#space = false;
  }
}

/** Lets the window of the overview be dragged: what is shown goes where the pointer is. */
export function listenToOverview(element: HTMLElement, stage: Stage, show: (stretch: Stretch) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const go = (event: PointerEvent): void => {
    const { left, width } = element.getBoundingClientRect();
    const { full, shown } = stage;
    const at = full.from + ((event.clientX - left) / Math.max(1, width)) * (full.to - full.from);
    const half = (shown.to - shown.from) / 2;
    show(stage.fittedTo({ from: at - half, to: at + half }));
  };
  const down = (event: PointerEvent): void => {
    element.setPointerCapture(event.pointerId);
    go(event);
  };
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", (event) => element.hasPointerCapture(event.pointerId) && go(event), { signal });
  return () => stop.abort();
}
