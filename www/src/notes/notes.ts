import type { Level, Text } from "../kit/types.js";
import { loadStory, type StoryFile } from "../story/file.js";

/** What is written down about a system beside its story. */
export interface Notes {
  /** Other ways in which a level is set. */
  variants: readonly Variant[];
  /** For a template: what the systems made from it call its names. */
  renames: readonly Renames[];
}

export interface Variant {
  level: `L${Level}`;
  text: Text;
}

/** The names of a template that another system has other words for. */
export interface Renames {
  /** The id of the other system. */
  system: string;
  map: Readonly<Record<string, string>>;
}

export const noNotes: Notes = { variants: [], renames: [] };

/** The notes of a system; none for one without a story. */
export async function loadNotes(system: string): Promise<Notes> {
  const file = (await loadStory(system)) as (StoryFile & Partial<Notes>) | undefined;
  return { variants: file?.variants ?? [], renames: file?.renames ?? [] };
}
