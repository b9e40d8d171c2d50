import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { EmbeddableElement, embeddable } from "../../ui/embeddable.js";
import { base } from "../../ui/styles.js";
import { readSettings, type Settings } from "./settings.js";
import "./view.js";

export const tags = ["specsight-strategies"] as const;

/**
 * Strategies side by side, for study notes: `<specsight-strategies query="with=fail_fast,all_sleep"></specsight-strategies>`.
 *
 * @attr query - the part of the page's address after the question mark
 */
@customElement("specsight-strategies")
export class EmbeddedStrategies extends EmbeddableElement {
  static override styles = [
    base,
    embeddable,
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property() query = "";
  /** What the reader of the notes changed; nothing of it outlives the page. */
  @state() private changes: Partial<Settings> = {};

  override render(): TemplateResult {
    return html`<specsight-strategies-view
      .settings=${{ ...readSettings(new URLSearchParams(this.query)), ...this.changes }}
      @settings-change=${(event: CustomEvent<Partial<Settings>>) => (this.changes = { ...this.changes, ...event.detail })}
    ></specsight-strategies-view>`;
  }
}
