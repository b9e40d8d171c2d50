import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { SystemInfo } from "../../kit/index.js";
import { loadNotes, type Renames } from "../../notes/notes.js";
import { namesOf } from "../../notes/renames.js";
import { renameStyles, renameTable } from "../../notes/rename-table.js";
import { href } from "../../router/index.js";
import { base } from "../../ui/styles.js";
import { strings } from "./strings.js";

/** For a template: the systems it turns into, and the names that one of them has in place of its own. */
@customElement("specsight-turns-into")
export class TurnsInto extends LitElement {
  static override styles = [
    base,
    renameStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      h2 {
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        margin-top: calc(-1 * var(--space-2));
      }
      nav a {
        padding-block: var(--space-1);
        color: var(--ink-2);
        text-decoration: none;
        border-bottom: 2px solid transparent;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        border-bottom-color: var(--accent);
      }
      .renames {
        width: 100%;
      }
      .after {
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      @media (pointer: coarse) {
        nav a,
        .after a {
          display: inline-flex;
          align-items: center;
          min-height: var(--touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) system: SystemInfo | undefined;
  @property({ attribute: false }) systems: readonly SystemInfo[] = [];
  /** The id of the system to become; the first of them by default. */
  @property() as = "";
  /** What stands before an address of ours, see `specsight-who`. */
  @property() base = "";
  @state() private renames: readonly Renames[] = [];

  #i18n = new Localized(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("system")) void this.#load();
  }

  async #load(): Promise<void> {
    const { system } = this;
    this.renames = [];
    if (!system) return;
    // Without the notes the page is complete but for this list.
    const { renames } = await loadNotes(system.id).catch(() => ({ renames: [] }));
    if (this.system === system) this.renames = renames;
  }

  override render(): TemplateResult | typeof nothing {
    const { system } = this;
    const t = this.#i18n;
    const all = this.renames.flatMap((renames) => {
      const made = this.systems.find(({ id }) => id === renames.system);
      return made ? [{ renames, made }] : [];
    });
    const shown = all.find(({ made }) => made.id === this.as) ?? all[0];
    if (!system || !shown) return nothing;
    const titles = { template: t.text(system.title), made: t.text(shown.made.title) };
    return html`<h2>${t.t(strings.turnsInto)}</h2>
      <nav aria-label=${t.t(strings.turnsInto)}>
        ${all.map(
          ({ made }) =>
            html`<a href=${this.base + href(`/systems/${system.id}`, { as: made.id })} aria-current=${made === shown.made ? "true" : nothing}
              >${t.text(made.title)}</a
            >`,
        )}
      </nav>
      ${renameTable(t, titles, namesOf(system, shown.renames))}
      <p class="after">
        ${t.t(strings.whatDiffers)}
        <a href=${this.base + href("/compare", { left: system.id, right: shown.made.id })}>${t.t(strings.compareWith, titles.template, titles.made)}</a>
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-turns-into": TurnsInto;
  }
}
