import { html, nothing, type TemplateResult } from "lit";
import type { Lang } from "../i18n/index.js";
import type { ErrorCode } from "../kit/index.js";
import type { Sentence } from "./sentences.js";

/** What an error of the engines says of itself, besides its own English sentence. */
export interface Failed {
  code: ErrorCode;
  /** The bad argument, or the bad item of a batch, from 0. */
  index?: number | undefined;
  /** The key of the bad field of an item. */
  field?: string | undefined;
  /** The Python exception of a `reference_error`. */
  exception?: string | undefined;
}

type Said = Record<Lang, (error: Failed) => Sentence>;

const code = (word: string): TemplateResult => html`<code>${word}</code>`;
const plain = (en: string, zh: string): Said => ({ en: () => en, "zh-HK": () => zh });

/** What an exception means, where Python's name for it does not say it. */
const exceptions: Record<string, Record<Lang, string>> = {
  KeyError: { en: "a dict does not have the key", "zh-HK": "dict 入面冇嗰條 key" },
  IndexError: { en: "a list has no such position", "zh-HK": "list 冇嗰個位置" },
  TypeError: { en: "two types do not go together", "zh-HK": "兩個 type 夾唔埋" },
  ValueError: { en: "a value is not allowed", "zh-HK": "個 value 唔准" },
  ZeroDivisionError: { en: "something is divided by 0", "zh-HK": "除咗 0" },
};

/** Every code has its sentences: one that is added to the engines does not compile until it has. */
const errors: Record<ErrorCode, Said> = {
  bad_argument: {
    en: ({ index }) => (index === undefined ? "An argument does not fit." : `Argument ${index + 1} does not fit.`),
    "zh-HK": ({ index }) => (index === undefined ? "有個 argument 唔啱。" : `第 ${index + 1} 個 argument 唔啱。`),
  },
  bad_item: {
    en: ({ index, field }) => html`${index === undefined ? "An item" : `Item ${index + 1}`} does not fit${field ? html`: ${code(field)}` : nothing}.`,
    "zh-HK": ({ index, field }) => html`${index === undefined ? "有個 item" : `第 ${index + 1} 個 item`}${field ? html` 嘅 ${code(field)} ` : " "}唔啱。`,
  },
  bad_config: plain("The constructor arguments do not fit.", "Constructor argument 唔啱。"),
  reference_error: {
    en: ({ exception = "" }) => {
      const meaning = exceptions[exception]?.en;
      return meaning ? html`The Python class raises ${code(exception)} here: ${meaning}.` : "The Python class raises an exception here.";
    },
    "zh-HK": ({ exception = "" }) => {
      const meaning = exceptions[exception]?.["zh-HK"];
      return meaning ? html`Python 個 class 喺呢度會 raise ${code(exception)}：${meaning}。` : "Python 個 class 喺呢度會 raise exception。";
    },
  },
  deadlock: plain("Deadlock: this would never return.", "Deadlock：永遠唔會返嚟。"),
  limit: plain("Too large for this page.", "超出咗呢頁嘅上限。"),
  syntax: plain("The text cannot be read as a program.", "呢段 text 讀唔成一個 program。"),
  unknown_system: plain("There is no such system.", "冇呢個 system。"),
  unknown_operation: plain("There is no such method.", "冇呢個 method。"),
  out_of_range: plain("There is no such step.", "冇呢一步。"),
  busy: plain("Another call is still running. Wait for it, or stop it.", "上一個 call 仲行緊。等佢行完，或者停咗佢。"),
  aborted: plain("The call was stopped; nothing has changed.", "個 call 停咗，冇嘢改變過。"),
  bad_deck: plain("A deck cannot be read.", "有個題庫讀唔到。"),
  bad_progress: plain("This is not drill progress.", "呢個唔係操練進度。"),
  newer_progress: plain("A newer version of this page wrote it. Reload to get that version.", "呢個係新啲嘅版本寫嘅。重新載入就有新版。"),
};

/** What a refused call means, in a sentence; the engine's own sentence stands beside it. */
export function errorSentence(lang: Lang, error: Failed): Sentence {
  return errors[error.code][lang](error);
}
