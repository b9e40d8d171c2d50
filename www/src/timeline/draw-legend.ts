import { say, type Lang } from "../i18n/index.js";
import { drawCut } from "./draw-lanes.js";
import type { Shown } from "./legend.js";
import { strings } from "./strings.js";
import { textWidth, type Surface } from "./surface.js";

/** Explains the marks of a picture, as the list below the chart does on the page. */
export function drawLegend(surface: Surface, lang: Lang, shown: Shown, left: number, top: number, width: number): void {
  const middle = top + 8;
  let x = left;
  const mark = (drawn: boolean, text: string, draw: (at: number) => void): void => {
    const needed = 34 + textWidth(text) + 20;
    if (!drawn || x + needed > left + width) return;
    draw(x);
    surface.text("ink2", text, x + 34, middle + 4.5);
    x += needed;
  };
  mark(shown.wait, say(lang, strings.legendWait), (at) => {
    surface.box("wait", at, middle - 6, 26, 12, 3);
    surface.frame("wait", at, middle - 6, 26, 12, 3);
  });
  mark(shown.sleep, say(lang, strings.legendSleep), (at) => surface.box("sleep", at, middle - 6, 26, 12, 3));
  mark(shown.semaphore, say(lang, strings.legendHold), (at) => surface.box("hold", at, middle - 6, 26, 12, 3));
  mark(shown.lock, say(lang, strings.legendLock), (at) => surface.box("lock", at, middle - 6, 26, 12, 3));
  mark(shown.cut, say(lang, strings.legendCut), (at) => drawCut(surface, at + 13, middle - 6, 12));
  mark(shown.once, say(lang, strings.legendOnce), (at) => surface.box("tick", at + 11, middle - 6, 3, 12, 1));
  mark(shown.refused, say(lang, strings.legendRefused), (at) => {
    surface.line("failed", [at + 9, middle - 4, at + 17, middle + 4], { width: 2 });
    surface.line("failed", [at + 9, middle + 4, at + 17, middle - 4], { width: 2 });
  });
  mark(shown.done, say(lang, strings.legendDone), (at) => surface.box("cap", at + 11, middle - 7, 3.5, 14, 1.75));
  mark(shown.critical, say(lang, strings.legendCritical), (at) => surface.frame("critical", at + 1, middle - 6, 24, 12, 4, { width: 2 }));
}
