import { html, type TemplateResult } from "lit";
import { numberIn, plural, type Lang } from "../i18n/index.js";
import type { Check, Note } from "../kit/index.js";
import { an, demandText } from "./demands.js";

/** A sentence, with its code terms marked up. */
export type Sentence = string | TemplateResult;

type Words = Record<string, unknown>;

const code = (value: unknown): TemplateResult => html`<code>${typeof value === "string" && value === "" ? '""' : String(value)}</code>`;

/** The rules of `check` notes: what to say when one holds and when it refuses. `n` is the noun, `s` the subject. */
type Said = (n: string, s: TemplateResult) => Sentence;
const rules: Record<string, Record<Lang, { holds: Said; refuses: Said }>> = {
  exists: {
    en: { holds: (n, s) => html`${n} ${s} exists`, refuses: (n, s) => html`there is no ${n} ${s}` },
    "zh-HK": { holds: (n, s) => html`有 ${n} ${s}`, refuses: (n, s) => html`冇 ${n} ${s}` },
  },
  absent: {
    en: { holds: (n, s) => html`no ${n} ${s} yet`, refuses: (n, s) => html`${n} ${s} exists already` },
    "zh-HK": { holds: (n, s) => html`未有 ${n} ${s}`, refuses: (n, s) => html`已經有 ${n} ${s}` },
  },
  different: {
    en: { holds: (n) => html`not the same ${n} twice`, refuses: (n, s) => html`the same ${n} twice: ${s}` },
    "zh-HK": { holds: (n) => html`唔係同一個 ${n}`, refuses: (n, s) => html`兩個都係同一個 ${n}：${s}` },
  },
  enough: {
    en: { holds: (n, s) => html`enough ${n} for ${s}`, refuses: (n, s) => html`not enough ${n} for ${s}` },
    "zh-HK": { holds: (n, s) => html`${n} 夠 ${s}`, refuses: (n, s) => html`${n} 唔夠 ${s}` },
  },
  owned: {
    en: { holds: (n, s) => html`the ${n} belongs to ${s}`, refuses: (n, s) => html`the ${n} does not belong to ${s}` },
    "zh-HK": { holds: (n, s) => html`個 ${n} 屬於 ${s}`, refuses: (n, s) => html`個 ${n} 唔屬於 ${s}` },
  },
  member: {
    en: { holds: (n, s) => html`${n} ${s} is a member`, refuses: (n, s) => html`${n} ${s} is no member` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 係成員`, refuses: (n, s) => html`${n} ${s} 唔係成員` },
  },
  free: {
    en: { holds: (n, s) => html`${n} ${s} is free`, refuses: (n, s) => html`${n} ${s} is taken` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 未有人用`, refuses: (n, s) => html`${n} ${s} 有人用緊` },
  },
  alive: {
    en: { holds: (n, s) => html`${n} ${s} is alive`, refuses: (n, s) => html`${n} ${s} is dead` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 仲生`, refuses: (n, s) => html`${n} ${s} 死咗` },
  },
  status: {
    en: { holds: (n, s) => html`${s} is ${code(n)}`, refuses: (n, s) => html`${s} is not ${code(n)}` },
    "zh-HK": { holds: (n, s) => html`${s} 係 ${code(n)}`, refuses: (n, s) => html`${s} 唔係 ${code(n)}` },
  },
  valid: {
    en: { holds: (n, s) => html`${n} ${s} is valid`, refuses: (n, s) => html`${n} ${s} is not valid` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 有效`, refuses: (n, s) => html`${n} ${s} 無效` },
  },
  capacity: {
    en: { holds: (n, s) => html`there is room: ${n} ${s}`, refuses: (n, s) => html`no room left: ${n} ${s}` },
    "zh-HK": { holds: (n, s) => html`仲有位：${n} ${s}`, refuses: (n, s) => html`冇位：${n} ${s}` },
  },
  acyclic: {
    en: { holds: (n, s) => html`${n} ${s} closes no circle`, refuses: (n, s) => html`${n} ${s} would close a circle` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 唔會形成 cycle`, refuses: (n, s) => html`${n} ${s} 會形成 cycle` },
  },
  mortal: {
    en: { holds: (n, s) => html`${n} ${s} can expire`, refuses: (n, s) => html`${n} ${s} never expires` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 有期限`, refuses: (n, s) => html`${n} ${s} 永遠唔到期` },
  },
  within: {
    en: { holds: (n, s) => html`${n} ${s} is in range`, refuses: (n, s) => html`${n} ${s} is out of range` },
    "zh-HK": { holds: (n, s) => html`${n} ${s} 喺範圍之內`, refuses: (n, s) => html`${n} ${s} 超出範圍` },
  },
  any: {
    en: { holds: (n) => html`there is ${an(n)}`, refuses: (n) => html`there is no ${n}` },
    "zh-HK": { holds: (n) => html`有 ${n}`, refuses: (n) => html`冇 ${n}` },
  },
};

/** A sentence with what stands between its backticks as code. */
export function spoken(text: string): (string | TemplateResult)[] {
  return text.split("`").map((part, i) => (i % 2 ? code(part) : part));
}

/** What a check of the catalogue asks for. */
export function demandOf(lang: Lang, check: Check): Sentence {
  return html`${spoken(demandText(lang, check))}`;
}

/** Whether a note is a check, and what it says. */
export function checkOf(lang: Lang, note: Note): { ok: boolean; sentence: Sentence } | undefined {
  if (note.code !== "check") return undefined;
  const ok = note.ok === true;
  const said = rules[String(note.rule)]?.[lang];
  const noun = String(note.noun ?? "");
  const subject = code(typeof note.subject === "number" ? numberIn(lang, note.subject) : (note.subject ?? "None"));
  if (!said) return { ok, sentence: html`${note.rule} ${noun} ${subject}` };
  return { ok, sentence: (ok ? said.holds : said.refuses)(noun, subject) };
}

/** Reads the fields of a note in a language: `c` as code, `w` as a word, `n` as a number. */
class Fields {
  readonly #lang: Lang;
  readonly #note: Words;
  constructor(lang: Lang, note: Words) {
    this.#lang = lang;
    this.#note = note;
  }
  has(name: string): boolean {
    return this.#note[name] !== undefined && this.#note[name] !== null;
  }
  c(name: string): TemplateResult {
    return code(this.#text(name));
  }
  w(name: string): string {
    return this.#text(name);
  }
  count(name: string): number {
    return Number(this.#note[name]);
  }
  #text(name: string): string {
    const value = this.#note[name];
    if (typeof value === "number" || typeof value === "bigint") return numberIn(this.#lang, Number(value));
    return typeof value === "string" ? value : JSON.stringify(value ?? null);
  }
}

const notes: Record<string, Record<Lang, (f: Fields) => Sentence>> = {
  scheduled: {
    en: (f) => html`${f.w("what")} ${f.c("id")} is due at ${f.c("due")}${f.has("amount") && f.w("what") === "cashback" ? html`: ${f.c("amount")} for ${f.c("target")}` : ""}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 喺 ${f.c("due")} 到期${f.has("amount") && f.w("what") === "cashback" ? html`：${f.c("target")} 收 ${f.c("amount")}` : ""}。`,
  },
  due: {
    en: (f) => html`Due at ${f.c("due")}, now ${f.c("now")}: ${f.w("what")} ${f.c("id")} happens${f.has("amount") && f.w("what") === "cashback" ? html`, ${f.c("amount")} for ${f.c("target")}` : ""}.`,
    "zh-HK": (f) => html`${f.c("due")} 到期，而家 ${f.c("now")}：${f.w("what")} ${f.c("id")} 兌現${f.has("amount") && f.w("what") === "cashback" ? html`，${f.c("target")} 收 ${f.c("amount")}` : ""}。`,
  },
  purged: {
    en: (f) => html`Expired at ${f.c("due")}, now ${f.c("now")}: ${f.w("what")} ${f.c("id")} is purged.`,
    "zh-HK": (f) => html`${f.c("due")} 到期，而家 ${f.c("now")}：${f.w("what")} ${f.c("id")} 清走。`,
  },
  expired: {
    en: (f) => html`Expired at ${f.c("due")}, now ${f.c("now")}: ${f.w("what")} ${f.c("id")}${f.has("to") ? html` becomes ${f.c("to")}` : " has run out"}.`,
    "zh-HK": (f) => html`${f.c("due")} 到期，而家 ${f.c("now")}：${f.w("what")} ${f.c("id")}${f.has("to") ? html` 變成 ${f.c("to")}` : " 過咗期"}。`,
  },
  skipped: {
    en: (f) => html`${f.w("what")} ${f.c("id")} died at ${f.c("due")}: skipped, and left where it is.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 喺 ${f.c("due")} 死咗：跳過，但留返喺度。`,
  },
  moved: {
    en: (f) => html`${f.w("what")} ${f.c("id")}: ${f.c("from")} → ${f.c("to")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")}：${f.c("from")} → ${f.c("to")}。`,
  },
  merged: {
    en: (f) => html`${f.w("what")} ${f.c("into")} takes over ${f.c("from")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("into")} 接收咗 ${f.c("from")}。`,
  },
  removed: {
    en: (f) => html`${f.w("what")} ${f.c("id")} goes too: ${f.w("why")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 一齊走：${f.w("why")}。`,
  },
  evicted: {
    en: (f) => html`${f.w("what")} ${f.c("id")} makes room${f.has("from") ? html` on ${f.c("from")}` : ""}: ${f.w("why")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 讓位${f.has("from") ? html`（${f.c("from")}）` : ""}：${f.w("why")}。`,
  },
  routed: {
    en: (f) => html`${f.w("what")} ${f.c("id")} goes to ${f.c("to")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 去 ${f.c("to")}。`,
  },
  dependency: {
    en: (f) => html`${f.w("what")} ${f.c("id")} waited for ${f.c("on")} and is now ${f.w("to")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 等嘅 ${f.c("on")} 變咗，而家係 ${f.w("to")}。`,
  },
  undone: {
    en: (f) => html`${f.w("what")} ${f.c("id")} goes back to ${f.c("to")}.`,
    "zh-HK": (f) => html`${f.w("what")} ${f.c("id")} 退返去 ${f.c("to")}。`,
  },
  snapshot: {
    en: (f) => html`Snapshot at ${f.c("at")}: ${f.c("kept")}${f.has("of") ? html` of ${f.c("of")}` : ""} ${plural("en", f.count("of"), { one: "entry", other: "entries" })} kept.`,
    "zh-HK": (f) => html`${f.c("at")} 嘅 snapshot：${f.has("of") ? html`${f.c("of")} 個入面` : ""}收咗 ${f.c("kept")} 個。`,
  },
  restored: {
    en: (f) => html`The snapshot of ${f.c("from")} comes back${f.has("now") ? html` at ${f.c("now")}` : ""}.`,
    "zh-HK": (f) => html`${f.c("from")} 嘅 snapshot${f.has("now") ? html`喺 ${f.c("now")}` : ""}返嚟。`,
  },
};

/** A note that is no check, as a sentence; an unknown one as its own words. */
export function noteSentence(lang: Lang, note: Note): Sentence {
  const said = notes[note.code]?.[lang];
  if (said) return said(new Fields(lang, note));
  const { code: name, ...fields } = note;
  return html`${name}: ${code(Object.entries(fields).map(([key, value]) => `${key} ${String(value)}`).join(", "))}`;
}
