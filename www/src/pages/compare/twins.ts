import type { Pattern, SystemInfo } from "../../kit/types.js";

/** A system that is worth setting beside another one, and why. */
export interface Twin {
  system: SystemInfo;
  sameFamily: boolean;
  sameGroup: boolean;
  /** The mechanisms that both are made of. */
  shared: readonly Pattern[];
}

/** Reads what two systems have in common. */
export function twin(of: SystemInfo, system: SystemInfo): Twin {
  const ids = new Set(system.uses.map((pattern) => pattern.id));
  return {
    system,
    sameFamily: of.family === system.family,
    sameGroup: of.group === system.group,
    shared: of.uses.filter((pattern) => ids.has(pattern.id)),
  };
}

/** A shared mechanism counts one; being of one family and group counts as much as two. */
function closeness({ sameFamily, sameGroup, shared }: Twin): number {
  return shared.length + (sameFamily && sameGroup ? 2 : 0);
}

/** The systems closest to one, the closest first; equally close ones stay in catalogue order. */
export function twinsOf(of: SystemInfo, systems: readonly SystemInfo[], atMost: number): Twin[] {
  const others = systems.filter((system) => system !== of).map((system) => twin(of, system));
  return others.toSorted((a, b) => closeness(b) - closeness(a)).slice(0, atMost);
}

/** Pairs that are close to each other, the closest first, no system twice. */
export function closestPairs(systems: readonly SystemInfo[], atMost: number): { of: SystemInfo; twin: Twin }[] {
  const all = systems.flatMap((of, i) => systems.slice(i + 1).map((system) => ({ of, twin: twin(of, system) })));
  const taken = new Set<SystemInfo>();
  const pairs: typeof all = [];
  for (const pair of all.toSorted((a, b) => closeness(b.twin) - closeness(a.twin))) {
    if (pairs.length === atMost) break;
    if (taken.has(pair.of) || taken.has(pair.twin.system)) continue;
    pairs.push(pair);
    taken.add(pair.of).add(pair.twin.system);
  }
  return pairs;
}
