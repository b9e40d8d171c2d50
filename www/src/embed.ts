import fontUrl from "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url";
import "./story/story.js";
import "./tryit/element.js";
import { tokensFor } from "./ui/tokens-text.js";

/**
 * The elements for study notes: `<script type="module" src=".../embed.js"></script>`, then for example
 * `<specsight-story system="bank" step="3" lang="zh-HK" theme="dark"></specsight-story>`.
 *
 * A page's folder may have an `embed.ts` that registers elements of its own and exports their `tags`.
 */
const more = import.meta.glob<{ tags: readonly string[] }>("./pages/*/embed.ts", { eager: true });

const tags = ["specsight-story", "specsight-try", ...Object.values(more).flatMap((module) => module.tags)];

const style = document.createElement("style");
style.textContent = tokensFor(tags);
document.head.append(style);

// A font of a shadow tree has to be the document's.
const font = new FontFace("JetBrains Mono Variable", `url("${fontUrl}") format("woff2")`, {
  weight: "100 800",
  display: "swap",
});
document.fonts.add(font);
