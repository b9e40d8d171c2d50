import { LitElement, css } from "lit";
import { LangScope } from "../i18n/index.js";

/** The surface of an element that stands in somebody else's page. */
export const embeddable = css`
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  :host([theme]) {
    background: var(--paper);
    padding: 0 var(--space-4);
  }
`;

/** An element that may be given a language (`lang`) and a theme (`theme`) of its own. */
export class EmbeddableElement extends LitElement {
  #scope: LangScope | undefined;

  override connectedCallback(): void {
    // Before anything inside asks for its language.
    const lang = this.getAttribute("lang");
    if (lang) {
      this.#scope ??= new LangScope(this);
      this.#scope.set(lang);
    }
    super.connectedCallback();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === "lang" && value) this.#scope?.set(value);
  }
}
