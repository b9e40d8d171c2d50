import { expect, test } from "@playwright/test";
import { dice } from "./timeline-runs.js";
import { near, niceStep, panned, ticks, valueAt, within, xOf, zoomed } from "../../src/timeline/scale.js";

test("marks are round, rise, lie inside and are not too many", () => {
  for (const to of [0.3, 1, 7, 10, 35, 40, 99, 100, 1_234, 86_400_000]) {
    for (const share of [0, 0.13, 0.5]) {
      for (const about of [2, 4, 8]) {
        const from = to * share;
        const marks = ticks({ from, to }, about);
        expect(marks.length).toBeLessThanOrEqual(about + 1);
        expect(marks.every((mark) => mark >= from * (1 - 1e-9) && mark <= to * (1 + 1e-9)), String(marks)).toBe(true);
        expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
        expect(marks.every((mark) => String(mark).length <= 9 && !Object.is(mark, -0)), String(marks)).toBe(true);
      }
    }
  }
  expect(ticks({ from: 0, to: 0 }, 5)).toEqual([0]);
  expect(ticks({ from: 0, to: Infinity }, 5)).toEqual([0]);
});

test("a step is 1, 2 or 5 times a power of ten", () => {
  for (const least of [0.013, 0.2, 1, 3, 4.9, 5, 51, 999]) {
    const step = niceStep(least);
    expect(step).toBeGreaterThanOrEqual(least);
    expect(["1", "2", "5"]).toContain(step.toExponential()[0]);
  }
});

test("a scale goes there and back, and holds with nothing to show", () => {
  const scale = { from: 10, to: 50, left: 100, width: 320 };
  for (const value of [10, 11, 22.5, 50]) expect(valueAt(scale, xOf(scale, value))).toBeCloseTo(value, 9);
  expect(Number.isFinite(xOf(scale, Infinity))).toBe(true);
  expect(xOf(scale, Infinity)).toBeGreaterThan(420);
  expect(xOf({ ...scale, to: 10 }, 5)).toBe(100);
  expect(valueAt({ ...scale, width: 0 }, 5)).toBe(10);
});

test("whatever is asked for lies within all there is", () => {
  const roll = dice(3);
  for (let turn = 0; turn < 500; turn += 1) {
    const full = { from: 0, to: roll(1000) };
    const wanted = { from: roll(4000) - 2000, to: roll(4000) - 2000 };
    const least = roll(20);
    const shown = within(wanted, full, least);
    expect(shown.from).toBeGreaterThanOrEqual(0);
    expect(shown.to).toBeLessThanOrEqual(full.to);
    expect(shown.to - shown.from).toBeGreaterThanOrEqual(Math.min(least, full.to) - 1e-9);
  }
});

test("the place one zooms at stays where it is, unless an edge is in the way", () => {
  const full = { from: 0, to: 1000 };
  for (const at of [200, 450, 777]) {
    const shown = { from: 100, to: 900 };
    const closer = zoomed(shown, full, 4, at, 0);
    const share = ({ from, to }: typeof shown): number => (at - from) / (to - from);
    expect(share(closer)).toBeCloseTo(share(shown), 9);
    expect(closer.to - closer.from).toBeCloseTo(200, 9);
    expect(zoomed(closer, full, 1 / 4, at, 0)).toEqual({ from: expect.closeTo(100, 9), to: expect.closeTo(900, 9) });
  }
  expect(zoomed({ from: 0, to: 100 }, full, 1 / 100, 50, 0)).toEqual(full);
  expect(zoomed(full, full, 1e9, 500, 5)).toEqual({ from: 497.5, to: 502.5 });
});

test("panning keeps the length, and stops at the edges", () => {
  const full = { from: 0, to: 100 };
  expect(panned({ from: 10, to: 30 }, full, 0.5)).toEqual({ from: 20, to: 40 });
  expect(panned({ from: 10, to: 30 }, full, -3)).toEqual({ from: 0, to: 20 });
  expect(panned({ from: 10, to: 30 }, full, 99)).toEqual({ from: 80, to: 100 });
});

test("a stretch that came back from an address is the same one", () => {
  expect(near({ from: 10.12, to: 30.46 }, { from: 10.1234, to: 30.4567 })).toBe(true);
  expect(near({ from: 10, to: 30 }, { from: 12, to: 32 })).toBe(false);
  expect(near(undefined, undefined)).toBe(true);
  expect(near(undefined, { from: 0, to: 1 })).toBe(false);
});
