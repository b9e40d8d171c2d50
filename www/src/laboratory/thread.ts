import type { LaboratoryKit, ProgramTimeline } from "../kit/index.js";
import { laboratory } from "../kit/packages.js";
import type { SpecsightError, TimelineProgress } from "../kit/types.js";
import { columnsIn, takenApart } from "./pieces.js";
import type { Problem, Question, Questions, Reply } from "./protocol.js";

/**
 * The engines in a thread of their own: however long they take, the page goes on, and cancelling is ending the thread. One
 * question at a time; the page keeps the queue.
 */

/** How often the page hears how far a run has come. */
const TELL_MS = 50;
const EVENTS = 20_000;

export type Tell = (progress: TimelineProgress) => void;

/** A thread's answers, by kind of question. */
export type Answers<Q extends Questions<Q>> = { readonly [K in keyof Q]: (kit: LaboratoryKit, ask: Q[K]["ask"], tell: Tell) => Q[K]["answer"] };

/** Answers the page's questions from now on; what an answer throws is told as a problem. */
export function serve<Q extends Questions<Q>>(answers: Answers<Q>): void {
  const loading = laboratory.load().then((kit) => {
    post({ kind: "ready" });
    return kit;
  });
  // Whoever asks next is told that they did not load.
  loading.catch(() => undefined);

  self.onmessage = async ({ data: { kind, ask } }: MessageEvent<Question>) => {
    let kit: LaboratoryKit;
    try {
      kit = await loading;
    } catch (error) {
      return post({ kind: "problem", problem: { code: "engine", message: messageOf(error) } });
    }
    try {
      const answer = answers[kind as keyof Q](kit, ask, (progress) => post({ kind: "progress", progress }));
      const { rest, pieces } = takenApart(answer);
      for (const piece of pieces) post({ kind: "piece", piece });
      post({ kind: "answer", answer: rest }, columnsIn(rest));
    } catch (error) {
      post({ kind: "problem", problem: problemOf(error) });
    }
  };
}

/** Runs a timeline to its end, and tells how far it has come from time to time, and when it is there. */
export function finish(timeline: ProgramTimeline, tell: Tell): void {
  let told = -Infinity;
  for (;;) {
    const progress = timeline.advance(EVENTS);
    if (progress.done || performance.now() - told >= TELL_MS) {
      told = performance.now();
      tell(progress);
    }
    if (progress.done) return;
  }
}

function post(reply: Reply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof Error)) return error as Problem;
  const { code = "engine", message, zh, line, column, field } = error as Partial<SpecsightError> & Error;
  return {
    code,
    message,
    ...(zh === undefined ? {} : { zh }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(field === undefined ? {} : { field }),
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
