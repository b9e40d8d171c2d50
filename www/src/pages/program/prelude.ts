import type { Program, Workload } from "../../kit/types.js";

/**
 * A strategy with its workload written out before it, so that it stands alone and every value can be changed. The values are
 * asked of the laboratory itself: a probe is run through it that answers with them.
 */

/** Beyond so many rows, items are made by a comprehension. */
const MAX_ROWS = 24;
/** Longer preludes nobody reads; a text has an end, too. */
const MAX_PRELUDE = 24_000;
/** So many items are written out where all of them would be too long. */
const FEWER = 40;

type Cell = string | number | boolean;

export interface Prelude {
  readonly text: string;
  readonly written: number;
  readonly items: number;
}

export function standAlone(python: string, workload: Workload, parse: (probe: string) => Program): Prelude {
  // The id is what an item is called in the chart, whether the text reads it or not.
  const keys = [...new Set(["id", ...[...python.matchAll(/\bitem\["(\w+)"\]/g)].map(([, key = ""]) => key)])];
  const rows = rowsOf(keys, parse);
  let written = rows.length;
  let prelude = itemsText(keys, rows);
  if (prelude.length > MAX_PRELUDE) {
    written = Math.min(FEWER, rows.length);
    prelude = itemsText(keys, rows.slice(0, written));
  }
  const limit = python.includes("max_concurrent") ? `max_concurrent = ${workload.maxConcurrent}\n` : "";
  return { text: afterImports(python, `${limit}${prelude}`), written, items: rows.length };
}

function rowsOf(keys: readonly string[], parse: (probe: string) => Program): Cell[][] {
  const values = keys.map((key) => `item["${key}"]`).join(", ");
  const probe = `async def probe(item):\n    return [${values}]\n\n\nasync def main():\n    await gather(*(probe(item) for item in items))\n`;
  return parse(probe).tasks.map((steps) => {
    const answer = steps.find((step): step is { return: unknown } => "return" in step);
    return (answer?.return ?? []) as Cell[];
  });
}

function itemsText(keys: readonly string[], rows: readonly Cell[][]): string {
  if (rows.length <= MAX_ROWS) {
    const lines = rows.map((row) => `    {${keys.map((key, at) => `"${key}": ${literal(row[at] ?? "")}`).join(", ")}},\n`);
    return lines.length === 0 ? "items = []\n" : `items = [\n${lines.join("")}]\n`;
  }
  const fields = keys.map((key, at) => `    "${key}": ${column(rows.map((row) => row[at] ?? ""))},\n`);
  return `items = [{\n${fields.join("")}} for i in range(${rows.length})]\n`;
}

/** A column as an expression of the position `i`. */
function column(values: readonly Cell[]): string {
  const [first = ""] = values;
  if (values.every((value) => value === first)) return literal(first);
  if (values.every((value, at) => value === String(at + 1))) return "str(i + 1)";
  if (typeof first === "boolean") {
    const usual = values.filter(Boolean).length * 2 >= values.length;
    const others = values.flatMap((value, at) => (value === usual ? [] : [at]));
    return `i ${usual ? "not in" : "in"} [${others.join(", ")}]`;
  }
  for (let period = 2; period * 2 <= values.length; period += 1) {
    if (values.every((value, at) => value === values[at % period])) return `[${values.slice(0, period).map(literal).join(", ")}][i % ${period}]`;
  }
  return `[${values.map(literal).join(", ")}][i]`;
}

function literal(value: Cell): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

function afterImports(python: string, prelude: string): string {
  const lines = python.split("\n");
  const last = lines.findLastIndex((line) => /^(from|import) /.test(line));
  const before = lines.slice(0, last + 1);
  const after = lines.slice(last + 1).join("\n").replace(/^\n+/, "");
  return [...before, ...(before.length > 0 ? [""] : []), prelude + (after.startsWith("async def") ? "\n\n" : "\n") + after].join("\n");
}
