import type { Lang } from "../i18n/index.js";
import type { Scale } from "./scale.js";
import type { Surface } from "./surface.js";

/** What the drawing of a run depends on besides the run. */
export interface Pen {
  readonly surface: Surface;
  readonly lang: Lang;
  readonly scale: Scale;
  /** Whether the axis counts events instead of milliseconds. */
  readonly order: boolean;
  /** What is seen of the surface, from top to bottom. */
  readonly clipTop: number;
  readonly clipBottom: number;
  /** The column of labels, from where to where. */
  readonly left: number;
  readonly gutter: number;
  /** The item that is lit in every run. */
  readonly lit: string | undefined;
  /** The time cursor; undefined shows the whole run. */
  readonly at: number | undefined;
  readonly critical: boolean;
}
