import { Preference } from "../../prefs/index.js";

export const clocks = ["30", "60", "none"] as const;
export const lengths = ["5", "10", "20"] as const;

/** The time for a question, in seconds. */
export const clock = new Preference("drill.clock", clocks, "30");
/** How many questions a session has. */
export const length = new Preference("drill.length", lengths, "10");
/** Whether the seconds left are written out beside the bar. */
export const seconds = new Preference("drill.seconds", ["no", "yes"] as const, "no");

/** The decks that an address names; none named means all. */
export function decksOf(words: string): string[] {
  return words.split(",").filter(Boolean);
}

/** The time for a question as the engines take it; null without a clock. */
export function limitMs(): number | null {
  return clock.value === "none" ? null : Number(clock.value) * 1000;
}
