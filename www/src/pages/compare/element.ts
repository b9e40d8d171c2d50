import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type SystemInfo } from "../../kit/index.js";
import { loadNotes, noNotes, type Notes } from "../../notes/notes.js";
import { renameStyles, renameTable } from "../../notes/rename-table.js";
import { updateQuery } from "../../router/index.js";
import "../../share/copy.js";
import { fields } from "../../ui/fields.js";
import { stateStyles } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { compare, countsOf, type Comparison } from "./comparison.js";
import type { Both, Side } from "./differences.js";
import { levelPart } from "./level.js";
import "./picker.js";
import { renamesOf, renamingOf, type Renaming } from "./renaming.js";
import { start } from "./start.js";
import { strings } from "./strings.js";
import { contentStyles, layoutStyles } from "./styles.js";
import type { View } from "./view.js";
import { whoPart } from "./who.js";

/** Two systems, ready to be drawn. */
interface Shown {
  comparison: Comparison;
  notes: Both<Notes>;
  renaming: Renaming | undefined;
  /** The notes could not be loaded; the comparison stands without them. */
  failed: boolean;
}

/** Two systems of the catalogue side by side: who they are, and their methods level by level. */
@customElement("specsight-compare")
export class Compare extends PageElement {
  static override styles = [base, buttons, fields, stateStyles, frame, layoutStyles, contentStyles, renameStyles];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.#systems = await loadSystems();
    await this.#follow();
  });
  #systems: readonly SystemInfo[] = [];
  @state() private shown: Shown | undefined;
  /** A suggestion was followed: it goes away with the focus on it, so the focus is due on what comes instead. */
  #suggested = false;

  #side(side: Side): SystemInfo | undefined {
    return this.#systems.find((system) => system.id === this.route.query.get(side));
  }

  /** Both sides, if the address names two different systems. */
  get #sides(): Both<SystemInfo> | undefined {
    const [left, right] = [this.#side("left"), this.#side("right")];
    return left && right && left !== right ? { left, right } : undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("route") && this.#systems.length > 0) void this.#follow();
  }

  override updated(): void {
    const counts = this.#suggested ? this.renderRoot.querySelector<HTMLElement>(".counts") : null;
    if (counts) {
      this.#suggested = false;
      counts.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    const sides = this.#sides;
    this.name(sides ? this.#i18n.t(strings.both, this.#i18n.text(sides.left.title), this.#i18n.text(sides.right.title)) : "");
  }

  /** Compares what the address names. The notes come first, since renames decide which methods belong together. */
  async #follow(): Promise<void> {
    const sides = this.#sides;
    if (!sides || (this.#shows(sides) && !this.shown?.failed)) return;
    let failed = false;
    const load = (system: SystemInfo): Promise<Notes> =>
      loadNotes(system.id).catch(() => {
        failed = true;
        return noNotes;
      });
    const [left, right] = await Promise.all([load(sides.left), load(sides.right)]);
    // The reader may have chosen another system meanwhile.
    if (this.#sides?.left !== sides.left || this.#sides.right !== sides.right) return;
    const notes = { left, right };
    const renaming = renamingOf(sides, notes);
    this.shown = { comparison: compare(sides.left, sides.right, renamesOf(renaming)), notes, renaming, failed };
  }

  #shows({ left, right }: Both<SystemInfo>): boolean {
    return this.shown?.comparison.left === left && this.shown.comparison.right === right;
  }

  /** The system of the other side is not lost: it changes places. */
  #pick(side: Side, id: string): void {
    const other = side === "left" ? "right" : "left";
    const { query } = this.route;
    if (query.get(other) === id) this.#swap();
    else if (query.get(side) !== id) updateQuery({ [side]: id }, {});
  }

  #swap = (): void => {
    const { query } = this.route;
    updateQuery({ left: query.get("right"), right: query.get("left") }, {});
  };

  #onOnly = (event: Event): void => {
    updateQuery({ only: (event.currentTarget as HTMLInputElement).checked ? "differences" : null });
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`<div class="head">
        <h1>${t.t(strings.title)}</h1>
        <specsight-copy label=${t.t(strings.copyLink)} .text=${() => location.href}></specsight-copy>
      </div>
      ${this.#kit.render(() => html`${this.#bar()} ${this.#body()}`)}`;
  }

  #bar(): TemplateResult {
    const t = this.#i18n;
    const { query } = this.route;
    const picker = (side: Side, label: string): TemplateResult => html`<specsight-system-picker
      label=${label}
      chosen=${query.get(side) ?? ""}
      .systems=${this.#systems}
      @pick=${(event: CustomEvent<string>) => this.#pick(side, event.detail)}
    ></specsight-system-picker>`;
    return html`<div class="bar">
      <div class="side">
        ${picker("left", t.t(strings.first))}
        <button
          class="icon-button swap"
          type="button"
          aria-label=${t.t(strings.swap)}
          title=${t.t(strings.swap)}
          ?disabled=${!query.get("left") && !query.get("right")}
          @click=${this.#swap}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 7.5h11.5M12.5 4.5l3 3-3 3M16 12.5H4.5M7.5 9.5l-3 3 3 3" /></svg>
        </button>
      </div>
      <div class="side">${picker("right", t.t(strings.second))}</div>
      ${this.#sides
        ? html`<label class="only tools">
            <input type="checkbox" .checked=${this.#differencesOnly} @change=${this.#onOnly} />
            ${t.t(strings.differencesOnly)}
          </label>`
        : nothing}
    </div>`;
  }

  get #differencesOnly(): boolean {
    return this.route.query.get("only") === "differences";
  }

  #body(): TemplateResult {
    const sides = this.#sides;
    if (!sides) return this.#start();
    // Until the notes of a newly chosen system are there, the old comparison stays rather than an empty page.
    if (!this.shown) return html``;
    return this.#comparison(this.shown);
  }

  #start(): TemplateResult {
    const t = this.#i18n;
    const { query } = this.route;
    const problems: string[] = [];
    for (const side of ["left", "right"] as const) {
      const id = query.get(side);
      if (id && !this.#side(side)) problems.push(t.t(strings.unknown, id));
    }
    const left = this.#side("left");
    if (left && left === this.#side("right")) problems.push(t.t(strings.samePlease, t.text(left.title)));
    const side: Side = left ? "left" : "right";
    const system = this.#side(side);
    const onFollow = (): void => {
      this.#suggested = true;
    };
    return start({ t, systems: this.#systems, chosen: system && { side, system }, problems, onFollow });
  }

  #comparison({ comparison, notes, renaming, failed }: Shown): TemplateResult {
    const t = this.#i18n;
    const names = { left: t.text(comparison.left.title), right: t.text(comparison.right.title) };
    const view: View = { t, comparison, names, notes, renaming, differencesOnly: this.#differencesOnly };
    return html`
      <p class="counts" role="status" tabindex="-1">${t.t(strings.counts, countsOf(comparison), names.left, names.right)}</p>
      ${failed
        ? html`<p class="trouble small">
            ${t.t(strings.notesFailed)} <button class="button plain" type="button" @click=${() => void this.#follow()}>${t.t(strings.retry)}</button>
          </p>`
        : nothing}
      ${whoPart(view)} ${this.#names(view)} ${comparison.levels.map((level) => levelPart(view, level))}
    `;
  }

  #names({ t, names, renaming }: View): TemplateResult | typeof nothing {
    if (!renaming) return nothing;
    const { template } = renaming;
    const titles = { template: names[template], made: names[template === "left" ? "right" : "left"] };
    return html`<section class="part" aria-labelledby="renames">
      <h2 id="renames">${t.t(strings.renames)}</h2>
      <div class="body">${renameTable(t, titles, renaming.names)}</div>
    </section>`;
  }
}
