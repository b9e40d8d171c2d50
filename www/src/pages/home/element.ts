import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { base, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { strings } from "./strings.js";

/** What to do next. */
@customElement("specsight-home")
export class Home extends PageElement {
  static override styles = [base, frame];
  #i18n = new Localized(this);

  override render(): TemplateResult {
    return html`<h1>${this.#i18n.t(strings.heading)}</h1>`;
  }
}
