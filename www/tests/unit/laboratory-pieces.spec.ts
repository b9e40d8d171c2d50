import { expect, test } from "@playwright/test";
import { columnsIn, putTogether, takenApart } from "../../src/laboratory/pieces.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

test("an answer that was taken apart and sent is the same when it is put together", () => {
  for (const count of [0, 1, 4_999, 5_000, 5_001, 23_456]) {
    const answer = {
      items: numbers(count),
      analysis: { total: 30, critical: numbers(count).map((task) => ({ task })), last: null },
      columns: { atMs: Float64Array.from(numbers(count)) },
    };
    const { rest, pieces } = takenApart(answer);
    const messages = structuredClone([...pieces, rest]);
    expect(putTogether(messages.pop(), messages as typeof pieces)).toEqual(answer);
    expect(pieces.every(({ values }) => values.length <= 5_000)).toBe(true);
    expect(pieces.length).toBe(count > 5_000 ? 2 * Math.ceil(count / 5_000) : 0);
  }
});

test("what is no record stays whole, and columns that share their memory hand it over once", () => {
  for (const answer of [null, "text", 3, numbers(10_000)]) expect(takenApart(answer)).toEqual({ rest: answer, pieces: [] });
  const shared = new Float64Array(8);
  expect(columnsIn({ a: shared, b: { c: shared.subarray(2) }, d: [shared], e: null })).toEqual([shared.buffer]);
});
