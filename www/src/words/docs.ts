import type { Lang } from "../i18n/index.js";
import type { Operation, SystemInfo } from "../kit/index.js";
import zh from "./docs.zh.json" with { type: "json" };

/**
 * What the methods do, in Cantonese, by the English sentence that stands beside the method in the engines: a sentence that
 * is changed there shows in English until it is translated again, never as something else.
 */
const byEnglish: Readonly<Record<string, string>> = zh;

/** What a method does, in the language if there is a text in it, else in English. */
export function docOf(lang: Lang, _system: SystemInfo, operation: Operation): { words: string; lang: Lang } {
  const own = lang === "zh-HK" ? byEnglish[operation.doc] : undefined;
  return own === undefined ? { words: operation.doc, lang: "en" } : { words: own, lang };
}
