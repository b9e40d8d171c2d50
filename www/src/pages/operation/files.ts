/** Something of this page that can be fetched. */
export interface PageFile {
  readonly url: string;
  /** Its last part, short enough for a list. */
  readonly name: string;
}

/** Asked for on purpose though it is not there: a failed call is an answer like another. */
const MISSING = "there-is-no-such-file.txt";
const MAX_FILES = 24;

/** The files that this page has loaded from its own host, with one in second place that is missing. */
export function filesOfPage(): PageFile[] {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const linked = [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>("script[src], link[href]")].map((element) =>
    "src" in element ? element.src : element.href,
  );
  const own = [...new Set([...linked, ...loaded])].filter((url) => url.startsWith(`${location.origin}/`)).slice(0, MAX_FILES);
  own.splice(1, 0, new URL(MISSING, document.baseURI).href);
  return own.map((url) => ({ url, name: new URL(url).pathname.split("/").at(-1) || "index.html" }));
}
