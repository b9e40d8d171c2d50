import { expect, test } from "@playwright/test";
import { linear, niceStep, ticks } from "../../src/pages/operation/scale.js";

test("marks are round, rise, start at 0, stay inside and are not too many", () => {
  for (const max of [0.3, 1, 7, 10, 35, 40, 99, 100, 1_234, 86_400_000]) {
    for (const about of [2, 4, 8]) {
      const marks = ticks(max, about);
      expect(marks[0]).toBe(0);
      expect(marks.length).toBeLessThanOrEqual(about + 1);
      expect(marks.at(-1)).toBeLessThanOrEqual(max);
      expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
      expect(marks.every((mark) => String(mark).length <= 9), String(marks)).toBe(true);
    }
  }
});

test("a step is 1, 2 or 5 times a power of ten", () => {
  for (const least of [0.013, 0.2, 1, 3, 4.9, 5, 51, 999]) {
    const step = niceStep(least);
    expect(step).toBeGreaterThanOrEqual(least);
    expect(["1", "2", "5"]).toContain(step.toExponential()[0]);
  }
});

test("a scale goes there and back, and holds with nothing to show", () => {
  const scale = linear(40, 320);
  for (const value of [0, 1, 12.5, 40]) expect(scale.value(scale.x(value))).toBeCloseTo(value, 9);
  expect(scale.x(Infinity)).toBe(320);
  expect(linear(0, 320).x(5)).toBe(0);
  expect(linear(40, 0).value(5)).toBe(0);
  expect(ticks(Infinity, 5)).toEqual([0]);
});
