import type { Text } from "../../kit/index.js";

const files = import.meta.glob<string>("../../../../decks/*.json", { query: "?raw", import: "default", eager: true });

/** Every deck as the engines take it: file name and text. A file in the folder is a deck. */
export const deckFiles: [name: string, json: string][] = Object.entries(files).map(([path, json]) => [
  path.replace(/^.*\/|\.json$/g, ""),
  json,
]);

/** What the search says of each deck. */
export const decks = deckFiles
  .map(([, json]) => JSON.parse(json) as { id: string; order: number; title: Text; about: Text })
  .toSorted((a, b) => a.order - b.order);
