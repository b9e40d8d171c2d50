import { numberIn, say, type Lang } from "../i18n/index.js";
import { msIn } from "./names.js";
import { ticks, xOf, type Scale } from "./scale.js";
import { strings } from "./strings.js";
import { textWidth, type Surface } from "./surface.js";

/** Draws the ruler: round marks, and the totals of the runs, which go before them where there is no room for both. */
export function drawRuler(surface: Surface, lang: Lang, scale: Scale, order: boolean, totals: readonly number[], top: number): void {
  const right = scale.left + scale.width;
  const taken: [number, number][] = [];
  const fits = (x: number, width: number): boolean => taken.every(([from, to]) => x - width / 2 > to || x + width / 2 < from);
  const put = (value: number, text: string, bold: boolean): void => {
    const width = textWidth(text) + (bold ? 6 : 2);
    const x = Math.min(Math.max(xOf(scale, value), scale.left + width / 2), right + 12 - width / 2);
    if (!fits(x, width + 8)) return;
    taken.push([x - width / 2, x + width / 2]);
    surface.text(bold ? "ink" : "ink2", text, x, top + 19, { align: "middle", bold });
  };
  if (!order) {
    for (const total of new Set(totals)) {
      if (!Number.isFinite(total) || total < scale.from || total > scale.to || total === 0) continue;
      const x = xOf(scale, total);
      surface.line("ink", [x, top, x, top + 7], { width: 2 });
      put(total, msIn(lang, total), true);
    }
  }
  const marks = ticks(scale, scale.width / 72).filter((mark) => !order || Number.isInteger(mark));
  for (const mark of marks) {
    const x = Math.round(xOf(scale, mark)) + 0.5;
    surface.line("ink3", [x, top, x, top + 5]);
    put(mark, numberIn(lang, mark), false);
  }
  if (order) put(scale.to, say(lang, strings.orderAxis), false);
}
