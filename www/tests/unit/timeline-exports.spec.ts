import { expect, test } from "@playwright/test";
import { crossing, layouts, randomProgram, runOf } from "./timeline-runs.js";
import { chromeEvents, toChromeTrace, type ChromeEvent } from "../../src/timeline/chrome-trace.js";
import { layOut, type Layout } from "../../src/timeline/layout.js";
import { tokens, type Palette } from "../../src/timeline/palette.js";
import { MOST_LANES, toSvg, type Snapshot } from "../../src/timeline/picture.js";

const lengths = (events: readonly ChromeEvent[]): ChromeEvent[] => events.filter(({ ph }) => ph === "X");

test("a trace is JSON whose slices have a length, and whose lanes have names", () => {
  for (const layout of layouts) {
    const { displayTimeUnit, traceEvents } = JSON.parse(toChromeTrace([layout, layout])) as { displayTimeUnit: string; traceEvents: ChromeEvent[] };
    expect(displayTimeUnit).toBe("ms");
    expect(lengths(traceEvents).filter(({ dur, ts }) => !(Number(dur) >= 0 && ts >= 0))).toEqual([]);
    const named = new Set(traceEvents.filter(({ name }) => name === "thread_name").map(({ pid, tid }) => `${pid}.${tid}`));
    expect(named.size).toBe(2 * layout.lanes);
    expect(lengths(traceEvents).filter(({ pid, tid }) => !named.has(`${pid}.${tid}`))).toEqual([]);
    expect(traceEvents.filter(({ name }) => name === "process_name").map(({ args }) => args)).toEqual([{ name: layout.run.title }, { name: layout.run.title }]);
  }
});

test("the slices of a thread lie within one another, and come in the order in which they begin", () => {
  for (const layout of [...layouts, crossing]) {
    const all = lengths([...chromeEvents([layout])]);
    const wrong: ChromeEvent[] = [];
    for (let lane = 0; lane < layout.lanes; lane += 1) {
      const slices = all.filter(({ tid }) => tid === lane + 1);
      const open: number[] = [];
      let before = 0;
      for (const slice of slices) {
        const end = slice.ts + (slice.dur ?? 0);
        while (open.length > 0 && (open.at(-1) ?? 0) <= slice.ts && (open.at(-1) ?? 0) < end) open.pop();
        if (slice.ts < before || end > (open.at(-1) ?? Infinity)) wrong.push(slice);
        before = slice.ts;
        open.push(end);
      }
    }
    expect(wrong).toEqual([]);
  }
});

test("waits and sleeps of a trace last as long as those of the run", () => {
  for (const layout of layouts.filter(({ totalMs }) => Number.isFinite(totalMs))) {
    const events = lengths([...chromeEvents([layout])]);
    const sum = (category: string): number => events.reduce((all, { cat, dur }) => (cat === category ? all + (dur ?? 0) : all), 0);
    const total = (column: Float64Array): number => column.reduce((all, ms) => all + ms, 0) * 1000;
    expect(sum("wait")).toBeCloseTo(total(layout.waitedMs), 3);
    expect(sum("sleep")).toBeCloseTo(total(layout.sleptMs), 3);
  }
});

test("counters stay within the permits, arrows and asynchronous slices have both ends", () => {
  for (const layout of [...layouts, crossing]) {
    const events = [...chromeEvents([layout])];
    const most = Math.max(0, ...layout.run.resources.map(({ permits }) => permits ?? 0));
    expect(events.filter(({ ph, args }) => ph === "C" && !(Number(args?.["used"]) >= 0 && Number(args?.["used"]) <= most))).toEqual([]);
    const ids = (phase: string): unknown[] => events.filter(({ ph }) => ph === phase).map(({ id }) => id);
    expect(ids("f")).toEqual(ids("s"));
    expect(ids("e")).toEqual(ids("b"));
    expect(ids("b")).toHaveLength(layout === crossing ? 1 : 0);
    expect(new Set(ids("s")).size).toBe(ids("s").length);
  }
});

test("an arrow begins and ends within a slice of the critical path", () => {
  for (const layout of layouts.slice(60)) {
    const events = [...chromeEvents([layout])];
    const slices = lengths(events);
    const loose = events.filter(({ ph, ts, tid }) => (ph === "s" || ph === "f") && !slices.some((slice) => slice.tid === tid && slice.ts < ts && slice.ts + (slice.dur ?? 0) > ts));
    expect(loose).toEqual([]);
  }
});

const palette = Object.fromEntries(Object.keys(tokens).map((name) => [name, "rgb(1, 2, 3)"])) as unknown as Palette;
const snapshot = (own: readonly Layout[], order = false): Snapshot => ({
  lang: "en",
  layouts: own,
  order,
  shown: { from: 0, to: Math.max(1, ...own.map(({ lastMs, run }) => (order ? run.columns.atMs.length : lastMs))) },
  critical: true,
  palette,
  fonts: { text: "sans-serif", code: "monospace" },
});

/** What is wrong with the nesting of the elements of a file. */
function unbalanced(xml: string): string | undefined {
  const open: string[] = [];
  for (const [tag, end, name, , closed] of xml.matchAll(/<(\/?)([a-zA-Z]+)((?:\s[^<>]*?)?)(\/?)>/g)) {
    if (end && open.pop() !== name) return tag;
    if (!end && !closed) open.push(name ?? "");
  }
  return open.pop();
}

test("a picture is a whole file, with no number that is none", () => {
  for (const order of [false, true]) {
    for (let index = 0; index < layouts.length; index += 3) {
      const svg = toSvg(snapshot(layouts.slice(index, index + 2), order), { title: "Two runs" }) ?? "";
      expect(unbalanced(svg)).toBe(undefined);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|var\(/);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    }
  }
});

test("names cannot break out of a picture", () => {
  const run = runOf(randomProgram(5), { title: `</text><script>alert("&")</script>` });
  const svg = toSvg(snapshot([layOut({ ...run, labels: run.labels.map(() => `<b>"&'\u0001`) })]), { title: "<&>" }) ?? "";
  expect(svg).not.toMatch(/<script|<b>|\u0001/);
  expect(svg).toContain("&lt;&amp;&gt;");
  expect(unbalanced(svg)).toBe(undefined);
});

test("more lanes than a picture can hold are refused", () => {
  const tasks = Array.from({ length: MOST_LANES + 1 }, () => [{ sleep: 1 }]);
  const many = layOut(runOf({ tasks }));
  expect(toSvg(snapshot([many]), { title: "Many" })).toBe(undefined);
  expect(toSvg(snapshot([layOut(runOf({ tasks: tasks.slice(1) }))]), { title: "Just so" })).toContain("</svg>");
});
