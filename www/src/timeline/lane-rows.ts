import { say, type Lang } from "../i18n/index.js";
import { Ending, type Layout } from "./layout.js";
import { laneName, msIn } from "./names.js";
import { noteOf } from "./sentences.js";
import { strings } from "./strings.js";

/** A lane of the chart as a row of words and numbers. */
export interface LaneRow {
  readonly name: string;
  readonly starts: string;
  readonly waits: string;
  readonly sleeps: string;
  readonly ends: string;
  readonly answer: string;
  readonly note: string;
}

/** The lanes from `from` on, as many as there are up to `count`. */
export function laneRows(lang: Lang, layout: Layout, from: number, count: number): LaneRow[] {
  const rows: LaneRow[] = [];
  for (let lane = from; lane < Math.min(layout.lanes, from + count); lane += 1) {
    const [first, last] = [layout.first[lane] ?? 0, (layout.first[lane + 1] ?? 0) - 1];
    const ending = layout.ending[lane];
    const ended = ending === Ending.done || ending === Ending.refused;
    rows.push({
      name: laneName(lang, layout, lane),
      starts: msIn(lang, layout.ms[first] ?? 0),
      waits: msIn(lang, layout.waitedMs[lane] ?? 0),
      sleeps: msIn(lang, layout.sleptMs[lane] ?? 0),
      ends: ended ? msIn(lang, layout.ms[last] ?? 0) : ending === Ending.stuck ? "∞" : "…",
      answer: layout.run.answers[layout.task[lane] ?? -1] ?? "",
      note: ending === Ending.stuck ? say(lang, strings.never) : (noteOf(lang, layout, lane) ?? (ending === Ending.refused ? say(lang, strings.legendRefused) : "")),
    });
  }
  return rows;
}
