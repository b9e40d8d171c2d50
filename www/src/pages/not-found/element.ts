import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { strings } from "./strings.js";

/** An address that fits no page. */
@customElement("specsight-not-found")
export class NotFound extends PageElement {
  static override styles = [
    base,
    buttons,
    frame,
    css`
      div {
        display: grid;
        gap: var(--space-4);
        justify-items: start;
        padding-top: var(--space-8);
      }
      .next {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
        padding: 0;
      }
    `,
  ];
  #i18n = new Localized(this);

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`<div>
      <h1>${t.t(strings.title)}</h1>
      <p class="quiet">${t.t(strings.detail, this.route.path)}</p>
      <div class="next">
        <a class="button primary" href="#/systems">${t.t(strings.systems)}</a>
        <a class="button" href="#/">${t.t(strings.home)}</a>
      </div>
    </div>`;
  }
}
