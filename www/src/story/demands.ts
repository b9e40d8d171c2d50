import type { Lang } from "../i18n/index.js";
import type { Check } from "../kit/index.js";

/** `n` is the noun; `s` the subject, in backticks. */
type Said = (n: string, s: string) => string;

/** The noun with its article. */
export const an = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);

/** What a rule of the checklist asks for, before any call: `account_id` is a known account. */
const demands: Record<string, Record<Lang, Said>> = {
  exists: { en: (n, s) => `${s}: an existing ${n}`, "zh-HK": (n, s) => `${s}：要有呢個 ${n}` },
  absent: { en: (n, s) => `${s}: a new ${n}`, "zh-HK": (n, s) => `${s}：未有呢個 ${n}` },
  different: { en: (n, s) => `${s}: not the same ${n} twice`, "zh-HK": (n, s) => `${s}：唔可以同一個 ${n}` },
  enough: { en: (n, s) => `${s}: enough ${n}`, "zh-HK": (n, s) => `${s}：${n} 要夠` },
  owned: { en: (n, s) => `${s}: the ${n} is theirs`, "zh-HK": (n, s) => `${s}：個 ${n} 係佢嘅` },
  member: { en: (n, s) => `${s}: the ${n} is a member`, "zh-HK": (n, s) => `${s}：個 ${n} 係成員` },
  free: { en: (n, s) => `${s}: the ${n} is free`, "zh-HK": (n, s) => `${s}：個 ${n} 未有人用` },
  alive: { en: (n, s) => `${s}: the ${n} is alive`, "zh-HK": (n, s) => `${s}：個 ${n} 要仲生` },
  status: { en: (n, s) => `${s}: the status is \`${n}\``, "zh-HK": (n, s) => `${s}：status 係 \`${n}\`` },
  capacity: { en: (n, s) => `${s}: room for it (${n})`, "zh-HK": (n, s) => `${s}：仲有位（${n}）` },
  acyclic: { en: (n, s) => `${s}: the ${n} closes no circle`, "zh-HK": (n, s) => `${s}：${n} 唔可以形成 cycle` },
  valid: { en: (n, s) => `${s}: a valid ${n}`, "zh-HK": (n, s) => `${s}：有效嘅 ${n}` },
  mortal: { en: (n, s) => `${s}: the ${n} can expire`, "zh-HK": (n, s) => `${s}：個 ${n} 有期限` },
  within: { en: (n, s) => `${s}: the ${n} is in range`, "zh-HK": (n, s) => `${s}：${n} 喺範圍之內` },
  any: { en: (n) => `there is ${an(n)}`, "zh-HK": (n) => `要有 ${n}` },
};

/** What a check of the catalogue asks for, its code in backticks. */
export function demandText(lang: Lang, check: Check): string {
  const subject = `\`${check.subject}\``;
  return demands[check.rule]?.[lang](check.noun, subject) ?? `${check.rule} ${check.noun} ${subject}`;
}
