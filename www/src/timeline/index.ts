/**
 * The chart of asyncio runs: `<specsight-timeline>`, on canvas, over plain column data. It knows no page.
 *
 * ```ts
 * import "../../timeline/index.js";                                  // registers the element
 * import { fromTrace, type Run } from "../../timeline/index.js";
 *
 * const timeline = kit.Timeline.ofStrategy("fail_fast", workload);   // or ofSource, ofProgram, engine.timeline(...)
 * timeline.advance();
 * const run: Run = {
 *   id: "fail_fast", title: "Fail fast", detail: "checks before the semaphore",
 *   columns: timeline.columns(), resources: timeline.resources(), items: timeline.items(),
 *   ...timeline.tasks(),                                             // labels, answers
 *   noun: "item",                                                    // item | worker | task: what lanes are called
 *   critical: timeline.analysis().critical,
 *   refused: (answer) => answer === "False", reason: (task) => reasons[task],
 * };
 * // An older trace (simulate, play): { id, title, ...fromTrace(events, { permits: { permits: 2 } }) }
 * // While more is to come: { ..., over: false }; `joined([a, b])` puts slices of columns together.
 *
 * html`<specsight-timeline
 *   .runs=${runs}              // keep the Run objects: their layout is kept with them
 *   axis="time"                // or "order": one step per event
 *   .at=${at}                  // the time cursor, a place on the axis; undefined shows everything
 *   .window=${stretch}         // { from, to } on the axis; undefined for everything
 *   .selected=${{ run, task }} // the lane that is lit while the cursor stands nowhere
 *   .critical=${true}          // marks the critical path of the runs that have one
 *   scrub                      // the ruler has a handle for the time cursor
 *   @timeline-move=${...}      // detail: number | null, the time cursor was moved (null: to the end)
 *   @timeline-cursor=${...}    // detail: Standing | null, what the pointer or the keys stand on (its `line` is the source's)
 *   @timeline-select=${...}    // detail: Standing, a lane was clicked, tapped or entered
 *   @timeline-window=${...}    // detail: Stretch | null, what is shown has come to rest: put it in the address
 * >
 *   <... slot="corner">        // left of the ruler: buttons to play
 *   <specsight-timeline-export slot="tools" name="fail-fast" heading="Why 30 ms?"></specsight-timeline-export>
 *   <... slot="run-fail_fast"> // in the head of the run with that id, after its total: a formula
 * </specsight-timeline>`
 * ```
 *
 * The tables are part of it. `element.snapshot` is what `toSvg` and `toPng` take; `toChromeTrace` takes layouts (`layOut(run)`).
 * Methods: `goTo(run, event)`, `goToTask(run, task)` put the cursor there and bring it into sight.
 * `timelineKeys` and `timelineGestures` are rows for the key help of a page; a page's light `index.ts` takes them from
 * `timeline/keys.js`.
 */
export { chromeTraceParts, toChromeTrace } from "./chrome-trace.js";
export { TimelineElement } from "./element.js";
export { TimelineExport } from "./export-menu.js";
export { fromTrace, headOf, joined } from "./from-trace.js";
export { timelineGestures, timelineKeys } from "./keys.js";
export { layOut, type Layout } from "./layout.js";
export { toPng, toSvg, type PictureOptions, type Snapshot } from "./picture.js";
export { placedOf, type Placed } from "./placed.js";
export { Happening } from "./run.js";
export type { Axis, CriticalLink, Noun, Run, RunColumns, RunResource, Stretch } from "./run.js";
export { sentenceOfEvent } from "./sentences.js";
export type { LaneOfRun, Standing } from "./stage.js";
