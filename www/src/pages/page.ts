import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Phrase } from "../i18n/index.js";
import type { Route } from "../router/index.js";

/** What a page's folder exports as `page` from its `index.ts`; light, since every page's index is loaded at the start. */
export interface Page {
  /** Patterns of addresses, such as `/systems/:id`. */
  routes: readonly string[];
  title: Phrase<string>;
  /** The element that shows it; a subclass of `PageElement`. */
  tag: `specsight-${string}`;
  /** Fetches the module that registers the element. */
  load: () => Promise<unknown>;
  /** Makes the page a section of the header. */
  section?: Section;
  /** The address of the section that is marked while this page is shown; its own by default. */
  within?: string;
  /** What the search finds here, besides the page's own title. Asked for when the search first opens. */
  search?: () => SearchEntry[] | Promise<SearchEntry[]>;
  /** What keys do here, for the key help. */
  keys?: readonly KeyGroup[];
  /** Shown when no page fits the address. */
  fallback?: boolean;
}

/** A place in the header (on a phone, in the bottom bar). */
export interface Section {
  path: string;
  label: Phrase<string>;
  /** Sections stand in ascending order. */
  order: number;
  /** Path data of a line icon on a 20 by 20 grid. */
  icon: string;
}

/** Keys of a page, or of one of its views. */
export interface KeyGroup {
  title: Phrase<string>;
  rows: readonly KeyRow[];
}

/** Keys as they are printed on a keyboard, and what they do. */
export type KeyRow = readonly [keys: readonly string[], meaning: Phrase<string>];

/** Something the search can open. */
export interface SearchEntry {
  kind: "page" | "system" | "method" | "pattern" | "puzzle" | "deck";
  title: Phrase<string>;
  detail?: Phrase<string>;
  /** Further words it is found by. */
  words?: string;
  /** As `href()` makes it. */
  href: string;
}

/** The base of every page's element: the shell gives it the route and takes its title. */
export abstract class PageElement extends LitElement {
  @property({ attribute: false }) route: Route = { path: "/", params: {}, query: new URLSearchParams() };

  /** Puts the name of what is shown before the page's title: `Bank`, in the window's title. */
  protected name(words: string): void {
    this.dispatchEvent(new CustomEvent<string>("page-name", { detail: words, bubbles: true, composed: true }));
  }
}
