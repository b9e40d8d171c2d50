import { say, type Lang } from "../../i18n/index.js";
import type { Difference } from "./compare.js";
import { strings } from "./strings.js";

/** How a run differs from the first: `10 ms more than Fail-fast: 3 items that returned at once there sleep here.` */
export function differenceSentence(lang: Lang, { byMs, cause }: Difference, first: string): string {
  const much =
    byMs === 0
      ? say(lang, strings.same)
      : Number.isFinite(byMs)
        ? say(lang, byMs > 0 ? strings.slowerBy : strings.fasterBy, Math.abs(byMs)) + say(lang, strings.against, first)
        : say(lang, byMs > 0 ? strings.onlyThisStuck : strings.onlyThatStuck, first);
  return much + causeOf(lang, cause);
}

function causeOf(lang: Lang, cause: Difference["cause"]): string {
  switch (cause?.kind) {
    case "slept-more":
      return say(lang, strings.sleptMore, cause.count);
    case "slept-less":
      return say(lang, strings.sleptLess, cause.count);
    case "one-at-a-time":
      return say(lang, strings.oneAtATime);
    case "same-sleeps":
      return say(lang, strings.sameSleeps);
    case undefined:
      return say(lang, strings.plain);
  }
}
