import { phrases, type Phrase } from "../i18n/index.js";
import type { Family, L6Kind, SystemInfo } from "../kit/index.js";

/** The names of families and kinds, as every page says them. */
export const families: Record<Family, Phrase<string>> = phrases({
  flat: { en: "Flat", "zh-HK": "Flat（一個 dict）" },
  nested: { en: "Nested", "zh-HK": "Nested（dict 入面有 dict）" },
  two_collections: { en: "Two collections", "zh-HK": "Two collections（兩個 dict）" },
});

export const l6Kinds: Record<L6Kind, Phrase<string>> = phrases({
  fail_fast: { en: "fail-fast", "zh-HK": "fail-fast（即走）" },
  all_sleep: { en: "all-sleep", "zh-HK": "all-sleep（全部瞓）" },
  worker_pool: { en: "worker pool", "zh-HK": "worker pool" },
  lifecycle: { en: "lifecycle", "zh-HK": "lifecycle" },
});

/** What each level adds. */
export const levels: Record<1 | 2 | 3 | 4 | 5 | 6, Phrase<string>> = {
  1: { en: "CRUD", "zh-HK": "CRUD" },
  2: { en: "Query and sort", "zh-HK": "Query 同 sort" },
  3: { en: "Time", "zh-HK": "時間" },
  4: { en: "History", "zh-HK": "歷史" },
  5: { en: "Locks", "zh-HK": "Lock" },
  6: { en: "Semaphore", "zh-HK": "Semaphore" },
};

/** The four patterns of a system by level, the last in the words of the page. */
export function patternsOf(system: SystemInfo): { level: 3 | 4 | 5 | 6; words: Phrase<string>; query: string }[] {
  const same = (words: string): { words: Phrase<string>; query: string } => ({ words: { en: words, "zh-HK": words }, query: words });
  return [
    { level: 3, ...same(system.patterns.l3) },
    { level: 4, ...same(system.patterns.l4) },
    { level: 5, ...same(system.patterns.l5) },
    { level: 6, words: l6Kinds[system.patterns.l6], query: system.patterns.l6 },
  ];
}
