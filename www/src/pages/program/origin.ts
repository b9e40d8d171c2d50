import type { Query } from "../../router/index.js";

/** Where the program that is shown comes from: an address names it. */
export type Origin =
  | { readonly kind: "draft"; readonly id: string }
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "strategy"; readonly id: string; readonly workload: Query }
  | { readonly kind: "link"; readonly word: string }
  /** The one that was changed last. */
  | { readonly kind: "last" };

/** What an address may say of a strategy's workload; the strategies page writes it. */
const workloadKeys = ["n", "bad", "sleep", "max", "lock", "fail"] as const;

export function originOf(query: URLSearchParams): Origin {
  const word = query.get("p");
  if (word) return { kind: "link", word };
  for (const kind of ["draft", "example", "strategy"] as const) {
    const id = query.get(kind);
    if (!id) continue;
    if (kind !== "strategy") return { kind, id };
    return { kind, id, workload: Object.fromEntries(workloadKeys.flatMap((key) => (query.has(key) ? [[key, query.get(key)]] : []))) };
  }
  return { kind: "last" };
}

/** The same as parts of an address. */
export function queryOf(origin: Origin): Query {
  switch (origin.kind) {
    case "link":
      return { p: origin.word };
    case "draft":
      return { draft: origin.id };
    case "example":
      return { example: origin.id };
    case "strategy":
      return { strategy: origin.id, ...origin.workload };
    case "last":
      return {};
  }
}

/** Tells origins apart. */
export function originKey(origin: Origin): string {
  return new URLSearchParams(queryOf(origin) as Record<string, string>).toString();
}
