/** The lines that put an element of ours into somebody's notes. */
export function embedCode(tag: string, attributes: Readonly<Record<string, string | number>>): string {
  const script = new URL("embed.js", document.baseURI).href;
  const words = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`)
    .join("");
  return `<script type="module" src="${script}"></script>\n<${tag}${words}></${tag}>`;
}
