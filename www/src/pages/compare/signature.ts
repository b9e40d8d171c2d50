import { html, nothing, type TemplateResult } from "lit";
import type { Operation, SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";

/** The signature of a method, its name a link to the method in its system; what differs from the other side is marked. */
export function signature(system: SystemInfo, operation: Operation, marks: ReadonlySet<string>): TemplateResult {
  const marked = (key: string, text: unknown): unknown => (marks.has(key) ? html`<mark>${text}</mark>` : text);
  return html`<h3 class="signature">
    ${operation.async ? html`<span class="type">${marked("async", "async")} </span>` : nothing}<a
      href=${href(`/systems/${system.id}`, { method: operation.name })}
      >${operation.name}</a
    ><span class="type">(</span>${operation.params.map((param, i) => {
      const words = html`${param.name}<span class="type">: ${param.type}${param.optional ? " = None" : ""}</span>`;
      const last = i === operation.params.length - 1;
      return html`<span class="unit">${marked(param.name, words)}<span class="type">${last ? ")" : ","}</span></span> `;
    })}${operation.params.length === 0 ? html`<span class="type">) </span>` : nothing}<span class="type unit"
      >-> ${marked("-> returns", operation.returns)}</span
    >
  </h3>`;
}
