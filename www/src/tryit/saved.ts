import { collection } from "../storage/index.js";

/** A scenario the reader kept. */
export interface SavedScenario {
  system: string;
  name: string;
  /** How many steps of the system's story stand before the calls. */
  from: number;
  /** The calls, as an address holds them. */
  calls: string;
}

/** The kept scenarios of every system. */
export const scenarios = collection<SavedScenario>({
  name: "scenarios",
  version: 1,
  check: (value) => {
    const { system, name, from, calls } = (value ?? {}) as Partial<SavedScenario>;
    if (typeof system !== "string" || typeof name !== "string" || typeof calls !== "string" || !Number.isInteger(from)) {
      throw new Error("a scenario has a system, a name, a start and calls");
    }
    return { system, name, from: Number(from), calls };
  },
});
