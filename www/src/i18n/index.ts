import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Text } from "../kit/types.js";
import { Preference } from "../prefs/index.js";

export const langs = ["en", "zh-HK"] as const;
export type Lang = (typeof langs)[number];

/** A sentence of the pages in every language: a plain one, or a function of what it speaks about. */
export type Phrase<V> = Readonly<Record<Lang, V>>;
type AnyPhrase = Phrase<string> | Phrase<(...args: never[]) => unknown>;

/** Declares the strings of a page. A key that lacks a language does not compile. */
export function phrases<T extends Record<string, AnyPhrase>>(table: T): T {
  return table;
}

/** The language of the pages. */
export const lang = new Preference<Lang>("lang", langs, navigator.languages.some((l) => /^(zh|yue)/i.test(l)) ? "zh-HK" : "en");

/** The phrase in the given language. */
export function say(lang: Lang, phrase: Phrase<string>): string;
export function say<A extends unknown[], R>(lang: Lang, phrase: Phrase<(...args: A) => R>, ...args: A): R;
export function say(lang: Lang, phrase: Phrase<unknown>, ...args: unknown[]): unknown {
  const value = phrase[lang];
  return typeof value === "function" ? value(...args) : value;
}

/** Sentences one after another, as the language sets them; empty ones are left out. */
export function sentences(lang: Lang, ...all: readonly string[]): string {
  return all.filter(Boolean).join(lang === "en" ? " " : "");
}

/** The text of the catalogue in the given language. */
export function textIn(lang: Lang, text: Text): string {
  return lang === "zh-HK" ? text.zh : text.en;
}

const numberFormats = new Map<Lang, Intl.NumberFormat>();
const pluralRules = new Map<Lang, Intl.PluralRules>();

function cached<V>(map: Map<Lang, V>, lang: Lang, make: () => V): V {
  let value = map.get(lang);
  if (value === undefined) map.set(lang, (value = make()));
  return value;
}

/** A number with the separators of the language: `86,400,000`. */
export function numberIn(lang: Lang, value: number): string {
  return cached(numberFormats, lang, () => new Intl.NumberFormat(lang)).format(value);
}

/** The form that goes with a count: `plural("en", n, { one: "step", other: "steps" })`. */
export function plural(lang: Lang, count: number, forms: { one?: string; other: string }): string {
  const rule = cached(pluralRules, lang, () => new Intl.PluralRules(lang)).select(count);
  return rule === "one" && forms.one !== undefined ? forms.one : forms.other;
}

/**
 * Asks the surroundings for their language. An embedded element with a `lang` of its own answers for everything inside it;
 * nobody answering means the language of the page.
 */
class LangRequest extends Event {
  source: Preference<Lang> = lang;
  constructor() {
    super("specsight-lang", { bubbles: true, composed: true });
  }
}

/** Makes an element speak: gives its phrases, and draws it anew when the language changes. */
export class Localized implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #source: Preference<Lang> = lang;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const request = new LangRequest();
    this.#host.dispatchEvent(request);
    this.#source = request.source;
    this.#stop = this.#source.watch(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  get lang(): Lang {
    return this.#source.value;
  }

  /** The phrase in the language of the element. */
  t(phrase: Phrase<string>): string;
  t<A extends unknown[], R>(phrase: Phrase<(...args: A) => R>, ...args: A): R;
  t(phrase: Phrase<unknown>, ...args: unknown[]): unknown {
    return (say as (lang: Lang, phrase: Phrase<unknown>, ...args: unknown[]) => unknown)(this.lang, phrase, ...args);
  }

  /** A text of the catalogue, of a story or of a deck. */
  text(text: Text): string {
    return textIn(this.lang, text);
  }

  number(value: number): string {
    return numberIn(this.lang, value);
  }
}

/** Gives everything inside an embedded element a language of its own. */
export class LangScope {
  readonly #own: Preference<Lang>;

  constructor(host: HTMLElement) {
    this.#own = new Preference<Lang>("embed.lang", langs, lang.value);
    host.addEventListener("specsight-lang", (event) => {
      (event as LangRequest).source = this.#own;
      event.stopPropagation();
    });
  }

  set(word: string): void {
    const wanted = this.#own.parse(word);
    if (wanted) this.#own.use(wanted);
  }
}
