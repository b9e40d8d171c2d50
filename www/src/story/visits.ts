import { collection } from "../storage/index.js";

/** How far a story was read. */
export interface Visit {
  step: number;
  length: number;
}

/** The stories the reader has opened, by system. */
export const visits = collection<Visit>({
  name: "visits",
  version: 1,
  check: (value) => {
    const { step, length } = (value ?? {}) as Partial<Visit>;
    if (!Number.isInteger(step) || !Number.isInteger(length)) throw new Error("a visit has a step and a length");
    return { step: Number(step), length: Number(length) };
  },
});
