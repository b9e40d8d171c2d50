import { expect, test } from "@playwright/test";
import { layouts, runOf, segmentsOf } from "./timeline-runs.js";
import { moved, nearest, reachOf, rowOf, standing, type Cursor, type Move, type Walkable } from "../../src/timeline/cursor.js";
import { layOut } from "../../src/timeline/layout.js";
import { lanesBetween, liftOf, nextHeight, rowAt, rowsOf, usualHeight } from "../../src/timeline/rows.js";
import { isSeen } from "../../src/timeline/search.js";
import { sentenceOf, sentenceOfEvent } from "../../src/timeline/sentences.js";
import { Stage } from "../../src/timeline/stage.js";
import { laneRows } from "../../src/timeline/lane-rows.js";

const moves: Move[] = ["left", "right", "up", "down", "first", "last", "pageUp", "pageDown", "top", "bottom", "before", "after"];
const walkable = (index: number, order: boolean): Walkable => {
  const layout = layouts[index] ?? layOut(layouts[0]?.run as never);
  return { layout, rows: rowsOf(layout, { laneHeight: 16, allLocks: false, order, band: false }), folded: false };
};

test("the cursor always stands on something that is there, in both languages", () => {
  for (const order of [false, true]) {
    for (let index = 0; index + 1 < layouts.length; index += 7) {
      const runs = [walkable(index, order), walkable(index + 1, order)];
      let cursor: Cursor | undefined;
      const wrong: string[] = [];
      for (let step = 0; step < 80; step += 1) {
        cursor = moved(runs, cursor, moves[(step * 5 + (step >> 2)) % moves.length] ?? "right", order);
        const run = runs.find(({ layout }) => layout.run.id === cursor?.run);
        if (!cursor || !run) throw new Error("lost");
        for (const lang of ["en", "zh-HK"] as const) {
          const sentence = sentenceOf(lang, run.layout, run.rows, cursor.place);
          if (!/^[^\n]+[.。]$/.test(sentence)) wrong.push(sentence);
        }
        const { from, to } = reachOf(run.layout, run.rows, cursor.place, order);
        if (!(to >= from)) wrong.push(`${from} to ${to}`);
      }
      expect(wrong).toEqual([]);
    }
  }
});

test("going right visits every event of a lane that can be seen, and going left comes back", () => {
  for (const order of [false, true]) {
    for (let index = 60; index < layouts.length; index += 5) {
      const run = walkable(index, order);
      const { layout } = run;
      for (let lane = 0; lane < layout.lanes; lane += 1) {
        const seen = segmentsOf(layout, lane).filter((segment) => isSeen(layout, lane, segment, order));
        let cursor = standing(run, { kind: "lane", lane }, 0, order);
        cursor = cursor && moved([run], cursor, "first", order);
        const visited: number[] = [];
        for (const _ of seen) {
          if (cursor?.place.kind === "segment") visited.push(cursor.place.segment);
          cursor = moved([run], cursor, "right", order);
        }
        expect(visited).toEqual(seen);
        for (const _ of seen) cursor = moved([run], cursor, "left", order);
        expect(cursor?.place).toEqual(seen.length > 0 ? { kind: "segment", lane, segment: seen[0] } : undefined);
      }
    }
  }
});

test("going down and up again keeps the moment", () => {
  for (let index = 60; index < layouts.length; index += 5) {
    const run = walkable(index, false);
    const begin = standing(run, { kind: "lane", lane: 0 }, run.layout.lastMs / 2, false);
    if (!begin || run.layout.lanes < 2) continue;
    const back = moved([run], moved([run], begin, "down", false), "up", false);
    expect(back?.at).toBe(begin.at);
    expect(back && rowOf(back.place)).toEqual({ kind: "lane", lane: 0 });
  }
});

test("after and before go through every event in order", () => {
  for (let index = 60; index < layouts.length; index += 9) {
    const run = walkable(index, true);
    const events = run.layout.segmentOfEvent.reduce<number[]>((all, segment, event) => (segment >= 0 ? [...all, event] : all), []);
    let cursor = standing(run, { kind: "lane", lane: 0 }, 0, true);
    const visited: number[] = [];
    for (const _ of events) {
      if (cursor?.place.kind === "segment") visited.push(run.layout.event[cursor.place.segment] ?? -1);
      cursor = moved([run], cursor, "after", true);
    }
    expect(visited).toEqual(events);
  }
});

test("the pointer finds the row it is over, and what is nearest in it", () => {
  for (let index = 60; index < layouts.length; index += 9) {
    for (const laneHeight of [0.5, 3, 16, 26]) {
      const run = walkable(index, false);
      const rows = rowsOf(run.layout, { laneHeight, allLocks: true, order: false, band: true });
      for (let lane = 0; lane < rows.lanes; lane += 1) {
        const middle = rows.band + (lane + 0.5) * laneHeight;
        expect(rowAt(rows, middle, 0)).toEqual({ kind: "lane", lane });
        const [first, end] = lanesBetween(rows, middle, middle + 1e-6);
        expect(lane >= first && lane < end).toBe(true);
        expect(nearest(run, { kind: "lane", lane }, 1e9, false)).toMatchObject({ kind: "segment", lane });
      }
      rows.tracks.forEach((track, at) => {
        expect(rowAt(rows, rows.tracksTop + track.top + track.height / 2, 0)).toEqual({ kind: "track", track: at });
        const lift = liftOf(rows, rows.height / 2);
        expect(rowAt(rows, rows.tracksTop - lift + track.top + track.height / 2, lift)).toEqual({ kind: "track", track: at });
      });
    }
  }
});

test("lanes grow and shrink step by step, and fit when there are many", () => {
  for (const lanes of [1, 30, 100, 1_000, 10_000, 100_000]) {
    const usual = usualHeight(lanes, 560);
    if (lanes > 200) expect(usual * lanes).toBeLessThanOrEqual(560 * 1.0001 + 4 * 200);
    let height = usual;
    for (let step = 0; step < 20; step += 1) height = nextHeight(height, 1, Math.min(usual, 4));
    expect(height).toBe(26);
    for (let step = 0; step < 20; step += 1) height = nextHeight(height, -1, Math.min(usual, 4));
    expect(height).toBe(Math.min(usual, 4));
  }
});

test("a run of few lanes does not vanish beside one of many", () => {
  const stage = new Stage();
  const run = (id: string, count: number) => runOf({ tasks: Array.from({ length: count }, () => [{ sleep: 1 }]) }, { id });
  stage.show([run("many", 3_000), run("few", 2)], "time", 500);
  const heights = (): number[] => stage.strips.map(({ rows }) => rows.laneHeight);
  const room = 500 - 2 * 26;
  expect(heights()).toEqual([room / 3_000, 26]);
  while (stage.resize(1));
  expect(heights()).toEqual([26, 26]);
  while (stage.resize(-1));
  expect(heights()[0]).toBe(room / 3_000);
  expect(heights()[1]).toBeGreaterThanOrEqual(14);
});

test("every event can be said, and every lane is a row of the table", () => {
  for (const layout of layouts) {
    for (const lang of ["en", "zh-HK"] as const) {
      const said = Array.from(layout.run.columns.atMs, (_, event) => sentenceOfEvent(lang, layout, event));
      const untold = said.filter((sentence, event) => (sentence === undefined) !== ((layout.segmentOfEvent[event] ?? -1) < 0));
      expect(untold).toEqual([]);
      expect(said.filter((sentence) => sentence !== undefined && /undefined|NaN|null|  /.test(sentence))).toEqual([]);
      const rows = laneRows(lang, layout, 0, layout.lanes);
      expect(rows).toHaveLength(layout.lanes);
      expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /undefined|NaN/.test(cell))).toEqual([]);
    }
  }
});

test("the stage keeps what is shown when the same axis gets new runs", () => {
  const stage = new Stage();
  const runs = layouts.filter(({ lastMs }) => lastMs > 10).map(({ run }) => run);
  stage.show(runs.slice(0, 1), "time", 500);
  stage.shown = stage.fittedTo({ from: stage.full.to / 4, to: stage.full.to / 2 });
  const { shown } = stage;
  stage.show(runs.slice(0, 1), "time", 500);
  expect(stage.shown).toEqual(shown);
  stage.show(runs.slice(0, 1), "order", 500);
  expect(stage.shown).toEqual(stage.full);
  stage.show([], "time", 500);
  expect(stage.shown).toEqual({ from: 0, to: 0 });
  expect(stage.move("right")).toBe(false);
});

test("an item is lit in every run, and of two with the same name only the one", () => {
  const sleep = [{ sleep: 5 }];
  const lit = (names: string[], task: number): (readonly number[])[] => {
    const stage = new Stage();
    const runs = ["a", "b"].map((id) => runOf({ tasks: names.map(() => sleep), names }, { id, noun: "item" }));
    stage.show(runs, "time", 500);
    stage.selected = { run: "a", task };
    return stage.strips.map((strip) => stage.litLanes(strip));
  };
  expect(lit(["alice", "bob", "carol"], 1)).toEqual([[1], [1]]);
  expect(lit(["alice", "bob", "alice"], 2)).toEqual([[2], [2]]);
  expect(lit(["alice", "bob"], 7)).toEqual([[], []]);
});
