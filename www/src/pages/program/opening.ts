import type { Localized } from "../../i18n/index.js";
import { Refusal } from "../../laboratory/index.js";
import { readSettings, workloadOf } from "../timing/settings.js";
import { LinkError, decodeDraft } from "./codec.js";
import type { Draft } from "./draft.js";
import type { Drafts } from "./drafts.js";
import { examples } from "./examples.js";
import type { Origin } from "./origin.js";
import type { ProgramLaboratory } from "./questions.js";
import { strings } from "./strings.js";

/** A program that was found, or what is shown instead of it and why. */
export interface Opened {
  readonly origin: Origin;
  readonly draft: Draft;
  readonly axis: "time" | "order";
  /** What the reader should know, in the language of the moment. */
  readonly notice: ((t: Localized) => string) | undefined;
}

/** Fetches what an address names. Nothing of the reader's own is touched by it. */
export async function open(origin: Origin, drafts: Drafts, laboratory: ProgramLaboratory, t: Localized): Promise<Opened> {
  switch (origin.kind) {
    case "draft": {
      const draft = drafts.get(origin.id);
      if (draft) return { origin, draft, axis: "time", notice: undefined };
      return last(drafts, t, (i18n) => i18n.t(strings.noDraft));
    }
    case "example":
      return example(origin.id, t) ?? last(drafts, t, (i18n) => i18n.t(strings.noExample));
    case "strategy":
      return strategy(origin, drafts, laboratory, t);
    case "link":
      try {
        return { origin, draft: await decodeDraft(origin.word), axis: "time", notice: (i18n) => i18n.t(strings.fromLink) };
      } catch (error) {
        const newer = error instanceof LinkError && error.kind === "newer";
        return last(drafts, t, (i18n) => i18n.t(newer ? strings.linkNewer : strings.linkDamaged));
      }
    case "last":
      return last(drafts, t);
  }
}

function example(id: string, t: Localized): Opened | undefined {
  const found = examples.find((each) => each.id === id);
  return (
    found && {
      origin: { kind: "example", id },
      draft: { name: t.t(found.title), form: "python", text: found.text },
      axis: found.axis,
      notice: (i18n) => i18n.t(strings.fromExample),
    }
  );
}

function last(drafts: Drafts, t: Localized, notice?: Opened["notice"]): Opened {
  const [entry] = drafts.entries;
  const opened = entry
    ? ({ origin: { kind: "draft", id: entry.id }, draft: entry.draft, axis: "time", notice: undefined } as const)
    : example(examples[0]?.id ?? "", t);
  const found: Opened = opened ?? { origin: { kind: "last" }, draft: { name: t.t(strings.untitled), form: "python", text: "" }, axis: "time", notice: undefined };
  return { ...found, notice: notice ?? found.notice };
}

async function strategy(origin: Extract<Origin, { kind: "strategy" }>, drafts: Drafts, laboratory: ProgramLaboratory, t: Localized): Promise<Opened> {
  const asked = readSettings(new URLSearchParams(origin.workload as Record<string, string>)).draft;
  const usual = readSettings(new URLSearchParams()).draft;
  for (const draft of [asked, usual]) {
    const read = workloadOf(draft);
    if (!("workload" in read)) continue;
    try {
      const { info, text, written, items } = await laboratory.ask("strategy", { strategy: origin.id, workload: read.workload });
      return {
        origin,
        draft: { name: t.text(info.title), form: "python", text },
        axis: "time",
        notice: (i18n) =>
          i18n.t(draft !== asked ? strings.workloadWrong : strings.fromExample) + (written < items ? ` ${i18n.t(strings.fewer, written, items)}` : ""),
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.problem.code === "unknown_strategy") return last(drafts, t, (i18n) => i18n.t(strings.noStrategy, origin.id));
      if (error.problem.code === "engine") return last(drafts, t);
    }
  }
  return last(drafts, t, (i18n) => i18n.t(strings.workloadWrong));
}
