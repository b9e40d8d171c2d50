import { say, type Lang } from "../../i18n/index.js";
import type { Note } from "../../kit/types.js";
import { checkOf } from "../../story/sentences.js";
import { plain } from "./plain.js";
import type { Run } from "./runs.js";
import { strings } from "./strings.js";
import type { WorkloadShape } from "./workload.js";

/** What sentences need to know: the language, and what the tasks are called. */
export interface Voice {
  readonly lang: Lang;
  readonly noun: WorkloadShape["noun"];
  readonly limitName: string | undefined;
}

/** So many jobs are named. */
const MAX_JOBS = 6;

/** Why an item was turned away; empty when no check says so. */
export function reasonOf(lang: Lang, task: number, notes: readonly Note[]): string {
  const note = notes.find((each) => each.code === "check" && each["task"] === task && each["ok"] === false);
  return note ? plain(checkOf(lang, note)?.sentence) : "";
}

/** Which jobs the critical path is made of, where tasks take jobs that are not their own: `t1, t4 and t5`. */
export function jobsOf(lang: Lang, { notes, record: { analysis, labels } }: Run): string {
  const jobs = analysis.critical.map((link) => {
    const moved = notes.findLast(({ code, task, atMs }) => code === "moved" && task === link.task && atMs === link.fromMs);
    return moved?.["id"] === labels[link.task] ? undefined : moved?.["id"];
  });
  if (jobs.length === 0 || jobs.length > MAX_JOBS || jobs.includes(undefined)) return "";
  return say(lang, strings.jobs, jobs.join(" → "));
}
