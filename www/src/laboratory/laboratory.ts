import type { TimelineProgress } from "../kit/types.js";
import { putTogether } from "./pieces.js";
import type { Piece, Problem, Question, Questions, Reply } from "./protocol.js";

/** A question that is not answered within this time is worth ending the thread for, when nobody wants the answer. */
const PATIENCE_MS = 200;

/** The engines gave no answer, and why. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface Asked {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: TimelineProgress) => void) | undefined;
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: unknown) => void;
}

/** The page's side of the engines' thread: asks one question after the other. */
export class Laboratory<Q extends Questions<Q>> {
  /** Where the thread's script is. */
  readonly #script: string;
  #worker: Worker | undefined;
  #queue: Asked[] = [];
  #current: Asked | undefined;
  #since = 0;
  #readyAt: number | undefined;
  #pieces: Piece[] = [];

  constructor(script: string) {
    this.#script = sameOrigin(script);
  }

  /** Loads the engines before anything is asked. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  ask<K extends keyof Q>(
    kind: K,
    ask: Q[K]["ask"],
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: TimelineProgress) => void } = {},
  ): Promise<Q[K]["answer"]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const asked: Asked = { question: { kind, ask }, signal, onProgress, resolve, reject };
      signal?.addEventListener("abort", () => this.#drop(asked), { once: true });
      this.#queue.push(asked);
      this.#next();
    });
  }

  /** Ends the thread; everything that was asked is refused. */
  close(): void {
    this.#end();
    const left = this.#current ? [this.#current, ...this.#queue] : this.#queue;
    this.#current = undefined;
    this.#queue = [];
    for (const { reject } of left) reject(new DOMException("closed", "AbortError"));
  }

  #drop(asked: Asked): void {
    asked.reject(asked.signal?.reason);
    this.#queue = this.#queue.filter((each) => each !== asked);
    this.#hasten();
  }

  /** A quick answer that nobody wants is passed over; a slow one would hold up all that follow. Loading is not thrown away. */
  #hasten(): void {
    const asked = this.#current;
    if (!asked?.signal?.aborted || this.#readyAt === undefined) return;
    const left = PATIENCE_MS - (performance.now() - Math.max(this.#since, this.#readyAt));
    if (left <= 0) this.#restart();
    else setTimeout(() => this.#current === asked && this.#restart(), left);
  }

  #restart(): void {
    this.#end();
    this.#current = undefined;
    this.#next();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#readyAt = undefined;
    this.#pieces = [];
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#queue.shift();
    if (!this.#current) return;
    this.#since = performance.now();
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#current.question);
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { type: "module" });
    worker.onmessage = (event: MessageEvent<Reply>) => this.#hear(event.data);
    worker.onerror = (event) => this.#hear({ kind: "problem", problem: { code: "engine", message: event.message ?? "" } });
    return worker;
  }

  #hear(reply: Reply): void {
    if (reply.kind === "ready") {
      this.#readyAt = performance.now();
      return this.#hasten();
    }
    const asked = this.#current;
    if (!asked) return;
    if (reply.kind === "progress") return asked.onProgress?.(reply.progress);
    if (reply.kind === "piece") return void this.#pieces.push(reply.piece);
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#current = undefined;
    if (reply.kind === "answer") asked.resolve(putTogether(reply.answer, pieces) as never);
    else {
      // Engines that did not load, or broke: the next question finds new ones.
      if (reply.problem.code === "engine") this.#end();
      asked.reject(new Refusal(reply.problem));
    }
    this.#next();
  }
}

/** Study notes are on another host than the elements in them, and a browser starts only scripts of its page's own. */
function sameOrigin(script: string): string {
  if (new URL(script, location.href).origin === location.origin) return script;
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
}
