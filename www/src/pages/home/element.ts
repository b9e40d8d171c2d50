import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, type Kit } from "../../kit/index.js";
import { href } from "../../router/index.js";
import { python } from "../../story/python.js";
import { stateStyles } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import "./data.js";
import { nextDrill, nextStory, type NextDrill, type NextStory } from "./next.js";
import { puzzleOf } from "./puzzles.js";
import { strings } from "./strings.js";

/** What to do next: a story to go on with, what is due, one question about time. */
@customElement("specsight-home")
export class Home extends PageElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    frame,
    css`
      :host {
        max-width: 960px;
      }
      h1 {
        font-size: var(--text-34);
        margin: var(--space-8) 0 var(--space-10);
      }
      section {
        display: grid;
        grid-template-columns: 120px minmax(0, 1fr) auto;
        gap: var(--space-2) var(--space-8);
        align-items: start;
        padding: var(--space-6) 0;
        border-top: 1px solid var(--rule);
      }
      section:last-of-type {
        border-bottom: 1px solid var(--rule);
      }
      .label {
        color: var(--ink-2);
        line-height: 32px;
      }
      h2 {
        font-size: var(--text-21);
        line-height: 32px;
      }
      .text {
        display: grid;
        gap: var(--space-2);
      }
      .call {
        font: var(--text-15) / var(--leading-code) var(--font-code);
        font-variant-ligatures: none;
        overflow-wrap: anywhere;
      }
      .call .s,
      .call .n,
      .call .k {
        color: var(--ink-2);
      }
      .call .f {
        font-weight: 650;
      }
      .browse {
        margin: var(--space-8) 0 var(--space-12);
      }
      @media (max-width: 720px) {
        h1 {
          font-size: var(--text-27);
          margin: var(--space-4) 0 var(--space-6);
        }
        section {
          grid-template-columns: minmax(0, 1fr);
        }
        .label {
          line-height: 1.4;
          font-size: var(--text-13);
        }
        .button {
          justify-self: start;
          margin-top: var(--space-2);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, (kit) => this.#look(kit));
  @state() private story: NextStory | undefined;
  @state() private drill: NextDrill | undefined;

  /** One part that cannot be had does not take the others with it. */
  async #look(kit: Kit): Promise<void> {
    const [story, drill] = await Promise.allSettled([nextStory(kit), nextDrill()]);
    this.story = story.status === "fulfilled" ? story.value : undefined;
    this.drill = drill.status === "fulfilled" ? drill.value : undefined;
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <h1>${t.t(strings.heading)}</h1>
      ${this.#kit.render(() => html`${this.#train()} ${this.#story()} ${this.#timing()}`)}
      <p class="browse"><a href="#/systems">${t.t(strings.browse)}</a></p>
      <specsight-data></specsight-data>
    `;
  }

  #story(): TemplateResult | typeof nothing {
    const { story } = this;
    if (!story) return nothing;
    const t = this.#i18n;
    const { system, title, step, length } = story;
    const begun = step > 0;
    return html`<section>
      <span class="label">${t.t(strings.story)}</span>
      <div class="text">
        <h2>${t.t(strings.storyTitle, t.text(system.title), t.text(title))}</h2>
        <p class="quiet">${t.t(strings.storyNext)}</p>
        <p class="call">${python(story.call)}</p>
      </div>
      <a class="button ${this.#first === "story" ? "primary" : ""}" href=${href(`/systems/${system.id}/story`, { step: step || null })}
        >${begun ? t.t(strings.storyGo, t.number(step), t.number(length)) : t.t(strings.storyStart)}</a
      >
    </section>`;
  }

  /** The one clear next thing: what is due, else the story. */
  get #first(): "train" | "story" {
    return this.drill && (this.drill.running || this.drill.due > 0) ? "train" : "story";
  }

  #train(): TemplateResult {
    const t = this.#i18n;
    const { drill } = this;
    const title = !drill
      ? t.t(strings.unavailable)
      : drill.running
        ? t.t(strings.trainRunning)
        : drill.due > 0
          ? t.t(strings.trainDue, t.number(drill.due))
          : drill.unseen > 0
            ? t.t(strings.trainNew, t.number(drill.unseen))
            : t.t(strings.trainNothing);
    return html`<section>
      <span class="label">${t.t(strings.train)}</span>
      <div class="text">
        <h2>${title}</h2>
        ${drill ? html`<p class="quiet">${t.t(drill.unseen > 0 || drill.due > 0 ? strings.trainHow : strings.trainKnown)}</p>` : nothing}
      </div>
      <a class="button ${this.#first === "train" ? "primary" : ""}" href=${href(drill?.running ? "/train/run" : "/train")}
        >${t.t(drill?.running ? strings.trainGo : strings.trainStart)}</a
      >
    </section>`;
  }

  #timing(): TemplateResult {
    const t = this.#i18n;
    const puzzle = puzzleOf(new Date());
    return html`<section>
      <span class="label">${t.t(strings.timing)}</span>
      <div class="text">
        <h2>${t.t(strings.timingTitle)}</h2>
        <p class="quiet">${t.t(puzzle.question)}</p>
      </div>
      <a class="button" href=${puzzle.href}>${t.t(strings.timingGo)}</a>
    </section>`;
  }
}
