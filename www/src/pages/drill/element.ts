import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithLaboratory } from "../../kit/index.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { stateStyles, wrongState } from "../../ui/states.js";
import { PageElement } from "../page.js";
import "./question.js";
import "./result.js";
import "./start.js";
import { strings } from "./strings.js";
import { Trainer } from "./trainer.js";

/** The drill: what there is to train, the question that is asked, and what came of a session. */
@customElement("specsight-train")
export class Train extends PageElement {
  static override styles = [base, buttons, stateStyles, frame];

  #i18n = new Localized(this);
  #trainer: Trainer | undefined;
  #kit = new WithLaboratory(this, async (kit) => {
    this.#trainer ??= await Trainer.open(kit);
  });

  override render(): TemplateResult {
    return this.#kit.render(() => (this.#trainer ? this.#view(this.#trainer) : html``));
  }

  #view(trainer: Trainer): TemplateResult {
    if (trainer.newer !== undefined) {
      return wrongState({
        title: this.#i18n.t(strings.newerTitle),
        detail: trainer.newer,
        action: this.#i18n.t(strings.reload),
        onAction: () => location.reload(),
      });
    }
    const { path, params, query } = this.route;
    const decks = query.get("decks") ?? "";
    if (path === "/train/run") {
      return html`<specsight-train-question .trainer=${trainer} .decks=${decks}></specsight-train-question>`;
    }
    if (params.session !== undefined) {
      return html`<specsight-train-result .trainer=${trainer} .decks=${decks} .session=${params.session}></specsight-train-result>`;
    }
    return html`<specsight-train-start .trainer=${trainer} .decks=${decks}></specsight-train-start>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-train": Train;
  }
}
