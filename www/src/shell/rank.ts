import { langs, say, type Lang } from "../i18n/index.js";
import type { SearchEntry } from "../pages/page.js";

/** How well a word fits a text: at its start, at the start of a part (`top_spenders`), anywhere, or not at all. */
function fit(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (text === word) return 8;
  if (at === 0) return 6;
  return /[\s_.(:/-]/.test(text[at - 1] ?? "") ? 4 : 2;
}

/**
 * The entries that have every word, best first; entries that fit alike stay in catalogue order. Titles are searched in
 * both languages, since a reader may know a thing by either name.
 */
export function rank(entries: readonly SearchEntry[], query: string, lang: Lang): SearchEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const scored = entries.flatMap((entry, order) => {
    let score = 0;
    const titles = langs.map((each) => say(each, entry.title).toLowerCase());
    const rest = `${entry.detail ? say(lang, entry.detail) : ""} ${entry.words ?? ""}`.toLowerCase();
    for (const word of words) {
      const best = Math.max(...titles.map((title) => 2 * fit(title, word)), fit(rest, word) > 0 ? 1 : 0);
      if (best === 0) return [];
      score += best;
    }
    return [{ entry, score, order }];
  });
  return scored.toSorted((a, b) => b.score - a.score || a.order - b.order).map(({ entry }) => entry);
}
