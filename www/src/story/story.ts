import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { WithKit, loadSystems, type Kit } from "../kit/index.js";
import { href, updateQuery } from "../router/index.js";
import "../share/copy.js";
import { embedCode } from "../share/embed-code.js";
import { EmbeddableElement, embeddable } from "../ui/embeddable.js";
import { emptyState, stateStyles } from "../ui/states.js";
import { base, buttons } from "../ui/styles.js";
import { loadStory, type StoryFile } from "./file.js";
import { visits } from "./visits.js";
import "./player.js";
import { strings } from "./strings.js";
import { Track, callsOf } from "./track.js";

/**
 * The story of a system, one call a step. On the pages it keeps its step in the address (`routed`); embedded it has its own
 * language and theme: `<specsight-story system="bank" step="3" lang="zh-HK" theme="dark"></specsight-story>`.
 *
 * @attr system - which system
 * @attr step - the step to show first
 */
@customElement("specsight-story")
export class Story extends EmbeddableElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    embeddable,
    css`
      :host {
        display: block;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--space-4);
        min-height: 52px;
        padding-block: var(--space-2);
      }
      h2 {
        font-weight: 550;
      }
      .actions {
        display: flex;
        margin-inline: calc(-1 * var(--space-2));
      }
      .actions .button {
        padding-inline: var(--space-2);
        font-size: var(--text-13);
      }
    `,
  ];

  @property() system = "";
  @property({ type: Number }) step = 0;
  @property({ type: Boolean }) routed = false;
  @state() private file: StoryFile | undefined;
  @state() private track: Track | undefined;

  #i18n = new Localized(this);
  #kit = new WithKit(this, (kit) => this.#open(kit));
  #address: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#address);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("system") && this.#kit.kit) void this.#open(this.#kit.kit);
  }

  async #open(kit: Kit): Promise<void> {
    const [systems, file] = await Promise.all([loadSystems(), loadStory(this.system)]);
    const system = systems.find((each) => each.id === this.system);
    this.track?.free();
    this.track = undefined;
    this.file = file;
    if (!system || !file) return;
    const track = new Track(kit, system, file.config);
    for (const call of callsOf(file.steps)) track.push(call);
    this.track = track;
  }

  #onSeek = (event: CustomEvent<number>): void => {
    this.step = event.detail;
    if (!this.routed) return;
    // Browsers limit how often an address may change; a slide or a held key writes it once, when it rests.
    clearTimeout(this.#address);
    this.#address = setTimeout(() => {
      updateQuery({ step: this.step || null });
      void visits.put(this.system, { step: this.step, length: this.track?.length ?? 0 });
    }, 120);
  };

  #actions(): TemplateResult {
    const t = this.#i18n;
    const code = (): string => embedCode("specsight-story", { system: this.system, step: this.step, lang: t.lang });
    return html`<div class="actions">
      <a class="button plain" href=${href(`/systems/${this.system}/try`, { from: this.step })}>${t.t(strings.tryFromHere)}</a>
      <specsight-copy label=${t.t(strings.copyLink)} .text=${() => location.href}></specsight-copy>
      <specsight-copy label=${t.t(strings.copyEmbed)} .text=${code}></specsight-copy>
    </div>`;
  }

  override render(): TemplateResult {
    return this.#kit.render(() => {
      const t = this.#i18n;
      if (!this.track || !this.file) {
        return emptyState({ title: t.t(strings.noStory), action: t.t(strings.noStoryNext), href: href(`/systems/${this.system}/try`) });
      }
      return html`
        <div class="title">
          <h2>${t.text(this.file.title)}</h2>
          ${this.routed ? this.#actions() : ""}
        </div>
        <specsight-player
          .track=${this.track}
          .length=${this.track.length}
          .position=${this.step}
          ?global-keys=${this.routed}
          @seek=${this.#onSeek}
        ></specsight-player>
      `;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-story": Story;
  }
}
