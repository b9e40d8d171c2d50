import { html, type TemplateResult } from "lit";

const token = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(None|True|False|await)\b|(-?\b\d[\d_.]*\b)|([A-Za-z_]\w*)(?=\()/g;

/** Python text with its strings, words and numbers told apart, quietly. */
export function python(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let last = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    const kind = match[1] !== undefined ? "s" : match[2] !== undefined ? "k" : match[3] !== undefined ? "n" : "f";
    parts.push(html`<span class=${kind}>${match[0]}</span>`);
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push(text.slice(last));
  return parts;
}
