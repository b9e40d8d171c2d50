import { parser } from "@lezer/json";

/** A place in a text; both from 1, columns in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const noPlace: Partial<Place> = {};

/** The place of a position of a text. */
export function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let next = before.indexOf("\n"); next >= 0; next = before.indexOf("\n", next + 1)) line += 1;
  return { line, column: [...before.slice(start)].length + 1 };
}

/** Where a text stops being JSON: browsers do not all tell. */
export function syntaxPlace(text: string): Place | undefined {
  let found: number | undefined;
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found ??= from;
      return found === undefined;
    },
  });
  return found === undefined ? undefined : placeAt(text, found);
}

/** Where what a path names stands in JSON: `tasks[0][1].do`. As much of it as there is. */
export function pathPlace(text: string, path: string): Place {
  let node = parser.parse(text).topNode.firstChild;
  for (const [, key, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    let next = node?.firstChild ?? null;
    if (index !== undefined) {
      let left = Number(index);
      for (; next; next = next.nextSibling) if (!/^[[\],]$/.test(next.name) && left-- === 0) break;
    } else {
      for (; next; next = next.nextSibling) {
        const name = next.name === "Property" ? next.firstChild : null;
        if (name && text.slice(name.from, name.to) === JSON.stringify(key)) break;
      }
      next = next?.lastChild ?? null;
    }
    if (!next) break;
    node = next;
  }
  return placeAt(text, node?.from ?? 0);
}
