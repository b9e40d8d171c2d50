import { html } from "lit";
import type { Lang } from "../../i18n/index.js";
import type { Check, Param } from "../../kit/types.js";
import { demandOf, type Sentence } from "../../story/sentences.js";
import { l6Kinds } from "../../words/index.js";
import type { Both, Difference } from "./differences.js";
import type { TimestampPlace } from "./shape.js";

type Names = Both<string>;
type Teller<K extends Difference["kind"]> = (difference: Extract<Difference, { kind: K }>, names: Names) => Sentence;
type Tellers = { [K in Difference["kind"]]: Teller<K> };

const code = (text: string): Sentence => html`<code>${text}</code>`;
const typed = (params: readonly Param[]): Sentence => code(params.map((param) => `${param.name}: ${param.type}`).join(", "));
const named = (params: readonly Param[]): Sentence => code(params.map((param) => param.name).join(", "));

/** One check for two methods: what both have is said once, what they name otherwise with a stroke between. */
function joined({ left, right }: Both<Check>): Check {
  const both = (key: "noun" | "subject"): string => (left[key] === right[key] ? left[key] : `${left[key]} / ${right[key]}`);
  return { rule: left.rule, noun: both("noun"), subject: both("subject"), refusal: left.refusal };
}

/** How a signature looks with the time of the call in that place. */
export const timestampShape: Record<TimestampPlace, Sentence> = {
  none: code("method(…)"),
  first: code("method(timestamp, …)"),
  later: code("method(…, timestamp)"),
};

const en: Tellers = {
  level: ({ left, right }, n) => `L${left} in ${n.left}; L${right} in ${n.right}.`,
  async: ({ side }, n) => html`Only ${n[side]}'s is ${code("async")}.`,
  strategy: ({ left, right }, n) => `${n.left} is ${l6Kinds[left].en}; ${n.right} is ${l6Kinds[right].en}.`,
  timestamp: ({ left, right }, n) => {
    const place = { none: html`takes no ${code("timestamp")}`, first: html`takes ${code("timestamp")} first`, later: html`takes ${code("timestamp")} after the others` };
    return left === right ? html`Here each ${place[left]}.` : html`${n.left} ${place[left]}; ${n.right} ${place[right]}.`;
  },
  params: ({ left, right }, n) => {
    if (left.length === 0) return html`Only ${n.right} takes ${typed(right)}.`;
    if (right.length === 0) return html`Only ${n.left} takes ${typed(left)}.`;
    return html`${n.left} takes ${typed(left)}; ${n.right} takes ${typed(right)} instead.`;
  },
  order: ({ left, right }, n) => html`Parameters in another order: ${named(left)} in ${n.left}; ${named(right)} in ${n.right}.`,
  type: ({ left, right }, n) => html`${code(left.name)} is ${code(left.type)} in ${n.left}; ${code(right.name)} is ${code(right.type)} in ${n.right}.`,
  optional: (difference, n) => html`Only ${n[difference.side]} lets you leave out ${code(difference[difference.side].name)}.`,
  returns: ({ left, right, listAgainstString }, n) => {
    if (!listAgainstString) return html`${n.left} answers ${code(left)}; ${n.right} answers ${code(right)}.`;
    const form = (type: string): Sentence => (type.startsWith("list") ? html`a list, ${code(type)}` : html`one string, ${code(type)}`);
    return html`${n.left} answers ${form(left)}; ${n.right} answers ${form(right)}.`;
  },
  check: ({ side, check }, n) => html`Only ${n[side]} checks ${demandOf("en", check)}, else ${code(check.refusal)}.`,
  refusal: (both, n) =>
    html`Both check ${demandOf("en", joined(both))}; else ${code(both.left.refusal)} in ${n.left}; ${code(both.right.refusal)} in ${n.right}.`,
  checkOrder: () => "The checks that both have come in another order.",
};

const zh: Tellers = {
  level: ({ left, right }, n) => `${n.left} 喺 L${left}；${n.right} 喺 L${right}。`,
  async: ({ side }, n) => html`得 ${n[side]} 嗰個係 ${code("async")}。`,
  strategy: ({ left, right }, n) => `${n.left} 係 ${l6Kinds[left]["zh-HK"]}；${n.right} 係 ${l6Kinds[right]["zh-HK"]}。`,
  timestamp: ({ left, right }, n) => {
    const place = { none: html`冇 ${code("timestamp")}`, first: html`將 ${code("timestamp")} 放第一`, later: html`將 ${code("timestamp")} 放喺其他後面` };
    return left === right ? html`呢度兩邊都${place[left]}。` : html`${n.left} ${place[left]}；${n.right} ${place[right]}。`;
  },
  params: ({ left, right }, n) => {
    if (left.length === 0) return html`得 ${n.right} 收 ${typed(right)}。`;
    if (right.length === 0) return html`得 ${n.left} 收 ${typed(left)}。`;
    return html`${n.left} 收 ${typed(left)}；${n.right} 就收 ${typed(right)}。`;
  },
  order: ({ left, right }, n) => html`Parameter 次序唔同：${n.left} 係 ${named(left)}；${n.right} 係 ${named(right)}。`,
  type: ({ left, right }, n) => html`${n.left} 嘅 ${code(left.name)} 係 ${code(left.type)}；${n.right} 嘅 ${code(right.name)} 係 ${code(right.type)}。`,
  optional: (difference, n) => html`得 ${n[difference.side]} 可以唔畀 ${code(difference[difference.side].name)}。`,
  returns: ({ left, right, listAgainstString }, n) => {
    if (!listAgainstString) return html`${n.left} 答 ${code(left)}；${n.right} 答 ${code(right)}。`;
    const form = (type: string): Sentence => (type.startsWith("list") ? html`一個 list（${code(type)}）` : html`一條 string（${code(type)}）`);
    return html`${n.left} 答${form(left)}；${n.right} 答${form(right)}。`;
  },
  check: ({ side, check }, n) => html`得 ${n[side]} 會 check ${demandOf("zh-HK", check)}，否則 ${code(check.refusal)}。`,
  refusal: (both, n) =>
    html`兩邊都 check ${demandOf("zh-HK", joined(both))}；唔過嘅話 ${n.left} 係 ${code(both.left.refusal)}；${n.right} 係 ${code(both.right.refusal)}。`,
  checkOrder: () => "兩邊都有嘅 check 次序唔同。",
};

/** A difference in words. */
export function differenceOf(lang: Lang, difference: Difference, names: Names): Sentence {
  const tell = (lang === "zh-HK" ? zh : en)[difference.kind] as Teller<Difference["kind"]>;
  return tell(difference, names);
}

/** A check that both methods make, in words. */
export function sharedCheckOf(lang: Lang, check: Both<Check>): Sentence {
  const demand = demandOf(lang, joined(check));
  return lang === "zh-HK"
    ? html`兩邊都 check ${demand}，否則 ${code(check.left.refusal)}。`
    : html`Both check ${demand}, else ${code(check.left.refusal)}.`;
}
