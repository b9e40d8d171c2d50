import { MAX_TEXT, type Form, type Writing } from "./draft.js";

/** A file as a program, or why it is none. */
export type Imported = { readonly name: string; readonly writing: Writing } | { readonly wrong: "too-long" | "unreadable" };

export async function readFile(file: Pick<File, "name" | "size" | "arrayBuffer">): Promise<Imported> {
  if (file.size > MAX_TEXT) return { wrong: "too-long" };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return { wrong: "unreadable" };
  }
  if (text.includes("\0")) return { wrong: "unreadable" };
  const form: Form = /\.json$/i.test(file.name) || text.trimStart().startsWith("{") ? "json" : "python";
  return { name: file.name.replace(/\.[^.]{1,5}$/, ""), writing: { form, text: text.replaceAll(/\r\n?/g, "\n") } };
}

/** A name that every file system takes. */
export function fileName(name: string, form: Form): string {
  const stem = name.replaceAll(/[^\p{L}\p{N}_-]+/gu, "-").replaceAll(/^-|-$/g, "");
  return `${stem || "program"}.${form === "json" ? "json" : "py"}`;
}
