import type { ProgramTimeline, TimelineProgress } from "../kit/index.js";

/** How long a slice of computing may keep the page from drawing. */
const SLICE_MS = 12;
/** Events between two looks at the clock. */
const EVENTS = 20_000;

/** Lets the browser draw and answer, then goes on; a message comes sooner than a timer would. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Runs a timeline to its end in slices, so that the page stays alive however large it is. Throws the signal's reason when it
 * is aborted; whoever made the timeline frees it.
 */
export async function runSliced(
  timeline: ProgramTimeline,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: TimelineProgress) => void } = {},
): Promise<TimelineProgress> {
  for (;;) {
    const sliceEnds = performance.now() + SLICE_MS;
    let progress: TimelineProgress;
    do progress = timeline.advance(EVENTS);
    while (!progress.done && performance.now() < sliceEnds);
    if (progress.done) return progress;
    onProgress?.(progress);
    await breathe();
    signal?.throwIfAborted();
  }
}
