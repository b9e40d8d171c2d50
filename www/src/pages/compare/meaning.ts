import type { L6Kind, Operation, Param, SystemInfo } from "../../kit/types.js";
import { readName, strategies, wordsOf, type Concept, type Verb } from "./concepts.js";
import { isBounded, kindOf, ownParams, paramKindOf, rulesOf } from "./shape.js";

/** A method of a system, read: everything that says what it is for. */
export interface Meaning {
  operation: Operation;
  /** Its place among the system's methods, from 0. */
  index: number;
  verb: Verb | undefined;
  qualifiers: readonly string[];
  /** The other words of the name; the things of the system are numbered, so that an account and a player are the same. */
  rest: readonly string[];
  /** Its parameters besides the time of the call. */
  params: readonly Parameter[];
  rules: readonly string[];
  /** For an L6 method: how it uses its permits. */
  strategy: L6Kind | undefined;
}

export interface Parameter {
  param: Param;
  kind: string;
  /** What it stands for: `account_id` and `player_id` both name thing 0. */
  role: string;
}

/** Reads all methods of a system. */
export function meaningsOf(system: SystemInfo): Meaning[] {
  const things = thingsOf(system);
  return system.operations.map((operation, index) => {
    const read = readName(operation.name, (word) => things.has(word));
    const verb = refined(read.verb, operation);
    return {
      operation,
      index,
      verb,
      // A system has few methods under a limit; whatever they are called, they are there to use the permits.
      qualifiers: verb?.concept === "bounded" ? [] : read.qualifiers,
      rest: read.rest.map((word) => things.get(word) ?? word),
      params: ownParams(operation).map((param) => ({ param, kind: paramKindOf(param.type), role: roleOf(param.name, things) })),
      rules: rulesOf(operation),
      strategy: strategyOf(system, operation),
    };
  });
}

/**
 * The things a system keeps, numbered: first what can be created, in the order of the methods, then what is only looked
 * for. The account of a bank and the player of a leaderboard are both thing 0.
 */
function thingsOf(system: SystemInfo): ReadonlyMap<string, string> {
  const checks = system.operations.flatMap((operation) => operation.checks);
  const nouns = ["absent", "exists"].flatMap((rule) => checks.filter((check) => check.rule === rule).map((check) => check.noun));
  const words = [...new Set(nouns.flatMap((noun) => wordsOf(noun.replaceAll(" ", "_"))))];
  return new Map(words.map((word, at) => [word, `thing ${at}`]));
}

function roleOf(name: string, things: ReadonlyMap<string, string>): string {
  const words = wordsOf(name).filter((word) => word !== "id");
  return words.map((word) => things.get(word) ?? word).join(" ");
}

/** Lets the shape say what the verb leaves open: what runs under a limit, what answers a list, what ends something. */
function refined(verb: Verb | undefined, operation: Operation): Verb | undefined {
  const as = (concept: Concept): Verb => (verb?.concept === concept ? verb : { concept, line: "" });
  if (isBounded(operation)) return as("bounded");
  if (verb?.concept === "get" && kindOf(operation.returns) === "list") return as("list");
  if (verb?.concept === "get" && operation.checks.some((check) => check.rule === "status") && operation.returns === "bool") return as("delete");
  return verb;
}

/** The strategy in the method's own name, else the one of its system. */
function strategyOf(system: SystemInfo, operation: Operation): L6Kind | undefined {
  if (!isBounded(operation)) return undefined;
  const named = wordsOf(operation.name).flatMap((word) => strategies[word] ?? []);
  return named[0] ?? system.patterns.l6;
}
