import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { SystemInfo } from "../../src/kit/types.js";
import type { Notes } from "../../src/notes/notes.js";
import { compare, type Comparison, type Row } from "../../src/pages/compare/comparison.js";
import type { Difference } from "../../src/pages/compare/differences.js";
import { renamesOf, renamingOf } from "../../src/pages/compare/renaming.js";
import { timestampOf } from "../../src/pages/compare/shape.js";
import { closestPairs, twin, twinsOf } from "../../src/pages/compare/twins.js";
import * as kit from "../../../pkg/specsight.js";

kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
const systems: readonly SystemInfo[] = kit.systems();

function system(id: string): SystemInfo {
  const found = systems.find((each) => each.id === id);
  if (!found) throw new Error(`no system ${id}`);
  return found;
}

const stories = new URL("../../../stories/", import.meta.url);
const written = new Map(
  readdirSync(stories).map((file): [string, Notes] => {
    const { variants = [], renames = [] } = JSON.parse(readFileSync(new URL(file, stories), "utf8")) as Partial<Notes>;
    return [file.replace(/\.json$/, ""), { variants, renames }];
  }),
);
const notes = (id: string): Notes => written.get(id) ?? { variants: [], renames: [] };

function renaming(left: SystemInfo, right: SystemInfo) {
  return renamingOf({ left, right }, { left: notes(left.id), right: notes(right.id) });
}

const compared = (left: SystemInfo, right: SystemInfo): Comparison => compare(left, right, renamesOf(renaming(left, right)));

function rowsOf(comparison: Comparison): { level: number; row: Row }[] {
  return comparison.levels.flatMap(({ level, rows }) => rows.map((row) => ({ level, row })));
}

/** The pairs by name, as `left | right`. */
function pairsOf(left: string, right: string): string[] {
  return rowsOf(compared(system(left), system(right))).flatMap(({ row }) => (row.kind === "pair" ? [`${row.left.name} | ${row.right.name}`] : []));
}

function* everyTwo(): Generator<[SystemInfo, SystemInfo]> {
  for (const [i, left] of systems.entries()) for (const right of systems.slice(i)) yield [left, right];
}

/** A finding with its sides swapped. */
function mirrored(difference: Difference): Difference {
  const turned = { ...difference } as Record<string, unknown>;
  if ("left" in difference) [turned.left, turned.right] = [difference.right, difference.left];
  if ("side" in difference) turned.side = difference.side === "left" ? "right" : "left";
  return turned as Difference;
}

/** A line as text, so that comparisons can be compared whatever the order of findings. */
function told(level: number, row: Row, turn: boolean): string {
  const sorted = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(each, Object.keys(each as object).toSorted())).toSorted();
  if (row.kind !== "pair") return `L${level} ${turn ? (row.kind === "left" ? "right" : "left") : row.kind} ${row.operation.name}`;
  const [left, right] = turn ? [row.right, row.left] : [row.left, row.right];
  const differences = sorted(row.differences.map((each) => (turn ? mirrored(each) : each)));
  const checks = sorted(row.shared.map((each) => (turn ? [each.right, each.left] : [each.left, each.right]).map((check) => check.subject)));
  return [`L${level}`, left.name, right.name, ...differences, ...checks].join(" ");
}

test("every method of both systems appears exactly once, and stands at its level", () => {
  for (const [left, right] of everyTwo()) {
    const rows = rowsOf(compared(left, right));
    for (const [side, { id, operations }] of [["left", left], ["right", right]] as const) {
      const shown = rows.flatMap(({ row }) => (row.kind === "pair" ? [row[side]] : row.kind === side ? [row.operation] : []));
      expect(shown.map(({ name }) => name).toSorted(), `${id} of ${left.id}, ${right.id}`).toEqual(operations.map(({ name }) => name).toSorted());
    }
    const misplaced = rows.filter(({ level, row }) => level !== (row.kind === "pair" ? Math.min(row.left.level, row.right.level) : row.operation.level));
    expect(misplaced, `${left.id}, ${right.id}`).toEqual([]);
  }
});

test("swapping the sides mirrors the comparison", () => {
  for (const [left, right] of everyTwo()) {
    const there = rowsOf(compared(left, right)).map(({ level, row }) => told(level, row, false));
    const back = rowsOf(compared(right, left)).map(({ level, row }) => told(level, row, true));
    expect(back.toSorted(), `${left.id}, ${right.id}`).toEqual(there.toSorted());
    const paired = (lines: Comparison, turn: boolean) => rowsOf(lines).flatMap(({ level, row }) => (row.kind === "pair" ? [told(level, row, turn)] : []));
    expect(paired(compared(right, left), true), `order: ${left.id}, ${right.id}`).toEqual(paired(compared(left, right), false));
  }
});

test("where the timestamp stands is said once for most pairs, and with every pair where it is otherwise", () => {
  let usual = 0;
  for (const [left, right] of everyTwo()) {
    const comparison = compared(left, right);
    const { difference, pairs = 0 } = comparison.timestamp ?? {};
    const rows = rowsOf(comparison).flatMap(({ row }) => (row.kind === "pair" ? [row] : []));
    const silent = rows.filter((row) => timestampOf(row.left) !== timestampOf(row.right) && !row.differences.some(({ kind }) => kind === "timestamp"));
    expect(silent, `${left.id}, ${right.id}`).toHaveLength(pairs);
    for (const row of silent) expect([timestampOf(row.left), timestampOf(row.right)]).toEqual([difference?.left, difference?.right]);
    if (comparison.timestamp) expect(2 * pairs, `${left.id}, ${right.id}`).toBeGreaterThan(rows.length);
    usual += Number(pairs > 0);
  }
  expect(usual).toBeGreaterThan(20);
});

test("a system compared with itself has every method beside itself, without a difference", () => {
  for (const each of systems) {
    for (const { row } of rowsOf(compare(each, each))) {
      expect(row.kind === "pair" && row.left === row.right && row.differences.length === 0, `${each.id}: ${JSON.stringify(row)}`).toBe(true);
    }
  }
});

test("methods of one name at one level stand side by side", () => {
  for (const [left, right] of everyTwo()) {
    const pairs = rowsOf(compared(left, right)).map(({ row }) => (row.kind === "pair" ? `${row.left.name} ${row.right.name}` : ""));
    for (const operation of left.operations) {
      const same = right.operations.some((other) => other.name === operation.name && other.level === operation.level);
      if (same) expect(pairs, `${left.id}, ${right.id}`).toContain(`${operation.name} ${operation.name}`);
    }
  }
});

test("a template's methods stand beside what they are renamed to", () => {
  let checked = 0;
  for (const [left, right] of everyTwo()) {
    const levelIn = (of: SystemInfo, name: string) => of.operations.find((operation) => operation.name === name)?.level;
    // A method that the other system has under its own name stands beside that one.
    const hasNamesake = (name: string): boolean => levelIn(left, name) !== undefined && levelIn(left, name) === levelIn(right, name);
    const rows = rowsOf(compared(left, right));
    for (const [from, to] of renamesOf(renaming(left, right))) {
      if (levelIn(left, from) === undefined || levelIn(right, to) === undefined || hasNamesake(from) || hasNamesake(to)) continue;
      const beside = rows.flatMap(({ row }) => (row.kind === "pair" && row.left.name === from ? [row.right.name] : []));
      expect(beside, `${left.id}.${from} in ${right.id}`).toEqual([to]);
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(20);
});

test("methods that mean the same find each other under other names", () => {
  expect(pairsOf("bank", "leaderboard")).toEqual([
    "create_account | add_player",
    "deposit | update_score",
    "top_spenders | top_players",
    "process_batch | batch_operations",
    "process_external_transfers | sync_leaderboard",
  ]);
  expect(pairsOf("compliance_audit_v1", "spectrum_allocator")).toEqual(
    expect.arrayContaining([
      "register_policy | register_band",
      "flag_violation | lease",
      "clear_violation | revoke",
      "flag_violation_with_ttl | lease_with_ttl",
      "get_violation_history | get_lease_history",
      "batch_audit | batch_ops",
      "report_violations | sync_bands",
    ]),
  );
  expect(pairsOf("session_manager", "gym")).toEqual(
    expect.arrayContaining(["create_session | register_member", "end_session | check_out", "create_session_with_ttl | check_in_with_duration"]),
  );
  expect(pairsOf("dns_router", "in_mem_db")).toEqual(
    expect.arrayContaining(["add_record | set", "resolve | get", "delete_record | delete", "scan_records | scan", "add_record_with_ttl | set_at_with_ttl"]),
  );
  expect(pairsOf("task_queue", "workflow_engine")).toEqual(
    expect.arrayContaining(["start_task | start_step", "complete_task | complete_step", "fail_task | fail_step"]),
  );
});

test("what has nothing in common stays alone", () => {
  expect(pairsOf("bank", "in_mem_db")).toEqual(["process_batch | batch_operations", "process_external_transfers | batch_scan_fail_fast"]);
});

test("differences are named: timestamp, parameters, their order, answers, checks, strategy, level", () => {
  const between = (left: string, right: string, name: string): readonly Difference[] => {
    const row = rowsOf(compared(system(left), system(right))).find(({ row }) => row.kind === "pair" && row.left.name === name)?.row;
    return row?.kind === "pair" ? row.differences : [];
  };
  expect(between("dns_router", "in_mem_db", "add_record_with_ttl")).toContainEqual({ kind: "timestamp", left: "first", right: "later" });
  expect(between("dns_router", "in_mem_db", "resolve")).toContainEqual(
    expect.objectContaining({ kind: "check", side: "left", check: expect.objectContaining({ rule: "alive" }) }),
  );
  expect(between("compliance_audit_v1", "content_moderation", "flag_violation").map(({ kind }) => kind)).toEqual(expect.arrayContaining(["params", "order"]));
  expect(between("gym", "library", "list_members")).toContainEqual({ kind: "returns", left: "str", right: "list[str]", listAgainstString: true });
  expect(between("bank", "in_mem_db", "process_external_transfers").map(({ kind }) => kind)).not.toContain("strategy");
  expect(between("dns_router", "pub_sub", "propagate_records")).toContainEqual({ kind: "strategy", left: "fail_fast", right: "all_sleep" });
  expect(between("task_queue", "workflow_engine", "complete_task")).toContainEqual({ kind: "level", left: 2, right: 3 });
});

test("twins are closest first, and closeness is mutual", () => {
  for (const each of systems) {
    const twins = twinsOf(each, systems, systems.length);
    expect(twins.map((found) => found.system)).not.toContain(each);
    expect(twins).toHaveLength(systems.length - 1);
    for (const found of twins) expect(twin(found.system, each).shared.map(({ id }) => id).toSorted()).toEqual(found.shared.map(({ id }) => id).toSorted());
  }
  const pairs = closestPairs(systems, 6);
  const named = pairs.flatMap(({ of, twin: { system: other } }) => [of.id, other.id]);
  expect(new Set(named).size).toBe(12);
});
