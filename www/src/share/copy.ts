import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized, phrases } from "../i18n/index.js";
import { base, buttons } from "../ui/styles.js";

const strings = phrases({
  copied: { en: "Copied", "zh-HK": "已複製" },
  failed: { en: "Could not copy", "zh-HK": "複製唔到" },
});

/** A button that copies a text and says so in its own place. */
@customElement("specsight-copy")
export class CopyButton extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: inline-block;
      }
      .button {
        padding-inline: var(--space-2);
        font-size: var(--text-13);
      }
      /* Both words have their room, so that nothing beside the button moves. */
      .words {
        display: grid;
        justify-items: center;
      }
      .words > * {
        grid-area: 1 / 1;
      }
      [data-off] {
        visibility: hidden;
      }
    `,
  ];

  @property() label = "";
  /** What is copied, asked for when it is. */
  @property({ attribute: false }) text: () => string | Promise<string> = () => "";
  @state() private said: "copied" | "failed" | undefined;

  #i18n = new Localized(this);
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await this.text());
      this.said = "copied";
    } catch {
      this.said = "failed";
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.said = undefined), 2000);
  };

  override render(): TemplateResult {
    const answer = this.#i18n.t(strings[this.said ?? "copied"]);
    return html`<button class="button plain" type="button" @click=${this.#copy}>
      <span class="words"><span ?data-off=${this.said !== undefined}>${this.label}</span><span aria-hidden="true" ?data-off=${this.said === undefined}>${answer}</span></span>
      <span class="visually-hidden" role="status">${this.said ? answer : ""}</span>
    </button>`;
  }
}
