/** Where the reader is. Everything after the `#` is ours, so the pages work from any folder of any static host. */
export interface Route {
  /** `/systems/bank/story` */
  path: string;
  /** What the pattern of the page named: `{ id: "bank" }`. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/** What may be asked for in an address; undefined, null and "" leave the key out. */
export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** Reads `#/systems/bank?step=3`. Anything unreadable is the home page, never an exception. */
export function readHash(hash: string): Omit<Route, "params"> {
  const [rawPath = "", query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const path = "/" + rawPath.split("/").filter(Boolean).join("/");
  return { path, query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The parameters if the path fits the pattern (`/systems/:id`), else undefined. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const part = given[index] ?? "";
    if (piece.startsWith(":")) params[piece.slice(1)] = decoded(part);
    else if (piece !== part) return undefined;
  }
  return params;
}

/** The address of a path: `href("/systems/bank", { step: 3 })` is `#/systems/bank?step=3`. */
export function href(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(key, String(value));
  }
  const words = search.toString();
  return `#${path}${words ? `?${words}` : ""}`;
}

/** Goes to an address. `replace` is for what is worth an address but no stop of the back button, such as a slider. */
export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.hash) return;
  if (replace) history.replaceState(history.state, "", to);
  else history.pushState(null, "", to);
  window.dispatchEvent(new Event("specsight-route"));
}

/** Changes parts of the query and keeps the rest. */
export function updateQuery(changes: Query, options: { replace?: boolean } = { replace: true }): void {
  const { path, query } = readHash(location.hash);
  const next = { ...Object.fromEntries(query), ...changes };
  navigate(href(path, next), options);
}

/** Calls `listener` on every change of the address until the returned function is called. */
export function watchAddress(listener: () => void): () => void {
  // A popstate is followed by a hashchange when the hash was typed; both are heard, and listeners compare.
  const events = ["popstate", "hashchange", "specsight-route"];
  for (const name of events) window.addEventListener(name, listener);
  return () => {
    for (const name of events) window.removeEventListener(name, listener);
  };
}
