import tokens from "./tokens.css?inline";

/** The tokens for elements in somebody else's page: on the elements themselves instead of on the document. */
export function tokensFor(tags: readonly string[]): string {
  return tokens.replaceAll(":root", `:is(${tags.join(", ")})`);
}
