import type { Phrase } from "../../i18n/index.js";
import { href } from "../../router/index.js";

/** A question about time whose answer is a picture. */
export interface Puzzle {
  question: Phrase<string>;
  href: string;
}

export const puzzles: readonly Puzzle[] = [
  {
    question: {
      en: "Five transfers, two of them refused by a check, 10 ms each, two permits. How long does the batch take, and why is it not 30 ms?",
      "zh-HK": "五個 transfer，兩個過唔到 check，每個 10 ms，兩個 permit。成個 batch 要幾耐？點解唔係 30 ms？",
    },
    href: href("/timing/operation", { system: "bank", op: "process_external_transfers" }),
  },
  {
    question: {
      en: "Four keys to scan, two of them missing, two permits. Which form takes 20 ms, which 10, and how would a test tell?",
      "zh-HK": "scan 四個 key，兩個唔存在，兩個 permit。邊個寫法要 20 ms，邊個要 10？test 點樣分得出？",
    },
    href: href("/timing/operation", { system: "in_mem_db", op: "batch_scan" }),
  },
  {
    question: {
      en: "Three workers, four tasks, and yet 30 ms. Which worker went home first, and why did nobody call it back?",
      "zh-HK": "三個 worker，四個 task，都要 30 ms。邊個 worker 最先收工？點解冇人叫佢返嚟？",
    },
    href: href("/timing/operation", { system: "task_queue", op: "run_workers" }),
  },
];

/** The puzzle of a day: the same all day, another tomorrow. */
export function puzzleOf(date: Date): Puzzle {
  const day = Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);
  return puzzles[day % puzzles.length] ?? (puzzles[0] as Puzzle);
}
