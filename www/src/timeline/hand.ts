import type { Geometry } from "./geometry.js";
import type { Gestures } from "./gestures.js";
import { READABLE } from "./rows.js";
import type { Stretch } from "./run.js";
import { valueAt } from "./scale.js";
import type { Stage } from "./stage.js";

/** What the gestures ask of the element. */
export interface Host {
  show(stretch: Stretch): void;
  glide(stretch: Stretch): void;
  /** The heights of the lanes have changed. */
  resize(): void;
  afterUpdate(call: () => void): void;
  moved(): void;
  selected(): void;
  repaint(): void;
}

/** A brush so high also zooms into lanes that are too low to be read. */
const BRUSHED_LANES = 24;

/** What gestures do to a stage. */
export function handOf(stage: Stage, geometryOf: () => Geometry | undefined, host: Host): Gestures {
  const valueOf = (x: number): number => {
    const geometry = geometryOf();
    return geometry ? valueAt(geometry.scale(stage), x) : 0;
  };
  const point = (x: number, y: number): void => {
    const hit = geometryOf()?.hit(stage, y);
    if (!hit) return;
    if (stage.point(hit.strip.layout.run.id, hit.row, valueOf(x))) host.moved();
    else host.repaint();
  };
  return {
    hover: point,
    leave: () => {
      stage.cursor = undefined;
      host.moved();
    },
    tap: (x, y) => {
      point(x, y);
      host.selected();
    },
    brush: (fromX, toX, fromY, toY, done) => {
      const geometry = geometryOf();
      if (!geometry) return;
      const begun = geometry.hit(stage, fromY)?.strip.rows.laneHeight ?? READABLE;
      const lanes = begun < READABLE && Math.abs(toY - fromY) > BRUSHED_LANES;
      stage.brush = { from: valueOf(fromX), to: valueOf(toX), ...(lanes ? { fromY, toY } : {}) };
      if (done) {
        if (lanes) zoomLanes(stage, geometry, host, fromY, toY);
        host.glide(stage.takeBrush());
      }
      host.repaint();
    },
    unbrush: () => {
      stage.brush = undefined;
      host.repaint();
    },
    pan: (pixels) => {
      const width = geometryOf()?.scale(stage).width ?? 1;
      host.show(stage.pannedBy(-pixels / Math.max(1, width)));
    },
    zoom: (factor, x) => host.show(stage.zoomedBy(factor, valueOf(x))),
    heighten: (by, y) => {
      const geometry = geometryOf();
      const hit = geometry?.hit(stage, y);
      if (!geometry || !stage.resize(by)) return;
      host.resize();
      if (hit?.row.kind !== "lane") return;
      // The lane under the pointer stays there.
      const before = hit.strip.rows.laneHeight;
      const after = stage.strip(hit.strip.layout.run.id)?.rows.laneHeight ?? before;
      host.afterUpdate(() => geometry.scrollBy(hit.lane * (after - before)));
    },
    fit: () => {
      stage.brush = undefined;
      if (stage.setHeight(undefined)) host.resize();
      host.glide(stage.full);
    },
    get pannable() {
      return stage.zoomed;
    },
  };
}

/** Makes the brushed lanes so high that they fill the chart. */
function zoomLanes(stage: Stage, geometry: Geometry, host: Host, fromY: number, toY: number): void {
  const [top, bottom] = [geometry.hit(stage, Math.min(fromY, toY)), geometry.hit(stage, Math.max(fromY, toY))];
  if (!top || top.row.kind !== "lane") return;
  const id = top.strip.layout.run.id;
  const first = Math.max(0, top.lane);
  const last = bottom?.strip === top.strip && bottom.row.kind === "lane" ? bottom.lane : top.strip.layout.lanes;
  const height = Math.min(26, (geometry.height * 0.8) / Math.max(1, last - first));
  if (!stage.setHeight(Math.max(top.strip.rows.laneHeight, height))) return;
  host.resize();
  host.afterUpdate(() => geometry.scrollTo(stage, id, first));
}
