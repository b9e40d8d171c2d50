import type { TimelineProgress } from "../kit/types.js";

/** What a thread can be asked, by kind, and what it answers. */
export type Questions<Q> = { readonly [K in keyof Q]: { readonly ask: unknown; readonly answer: unknown } };

export interface Question {
  readonly kind: PropertyKey;
  readonly ask: unknown;
}

/** Why there is no answer. */
export interface Problem {
  /** The engines' own; "engine" when they did not load, or broke. A thread may have others. */
  readonly code: string;
  /** In the engines' own words. */
  readonly message: string;
  /** The same in Cantonese, where the engines speak it. */
  readonly zh?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** Of what was asked: `tasks[0][1].do`. */
  readonly field?: string;
}

/** A part of a long list, and where in the answer that is. */
export interface Piece {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

/** What a thread says: once that its engines are loaded, then about the question it was asked last. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: TimelineProgress }
  | { readonly kind: "piece"; readonly piece: Piece }
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "problem"; readonly problem: Problem };
