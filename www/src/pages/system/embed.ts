import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type SystemInfo } from "../../kit/index.js";
import { EmbeddableElement, embeddable } from "../../ui/embeddable.js";
import { stateStyles } from "../../ui/states.js";
import { base, buttons } from "../../ui/styles.js";
import "./who.js";

export const tags = ["specsight-system"] as const;

/** Where the pages are: beside the script that the notes load. */
function pagesRoot(): string {
  const script = document.querySelector<HTMLScriptElement>('script[src$="embed.js"]');
  return script ? new URL("./", script.src).href : "";
}

/**
 * Who a system is, for study notes: `<specsight-system system="bank" lang="zh-HK"></specsight-system>`.
 *
 * @attr system - which system
 */
@customElement("specsight-system")
export class EmbeddedSystem extends EmbeddableElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    embeddable,
    css`
      :host {
        display: block;
      }
      h2 {
        font-size: var(--text-21);
        margin: var(--space-4) 0 var(--space-6);
      }
    `,
  ];

  @property() system = "";
  @state() private systems: readonly SystemInfo[] = [];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.systems = await loadSystems();
  });

  override render(): TemplateResult {
    return this.#kit.render(() => {
      const system = this.systems.find((each) => each.id === this.system);
      if (!system) return html`${nothing}`;
      return html`<h2>${this.#i18n.text(system.title)}</h2>
        <specsight-who .system=${system} .systems=${this.systems} .base=${pagesRoot()}></specsight-who>`;
    });
  }
}
