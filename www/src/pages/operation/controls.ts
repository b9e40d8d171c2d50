import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { Operation, SystemInfo, Text } from "../../kit/types.js";
import { controlsStyles, stepper } from "../../timing/controls.js";
import { base, buttons } from "../../ui/styles.js";
import { ownControlsStyles } from "./controls-styles.js";
import { timedOperations } from "./presets.js";
import { parseArgs, type Session } from "./session.js";
import { MAX_ITEMS, type Settings } from "./settings.js";
import { strings } from "./strings.js";

/** So many items have a switch each; beyond, the arguments are the place to choose. */
const MAX_SWITCHES = 40;

/**
 * The workload as a line of controls: which operation, how many items, which of them invalid, how many at once.
 *
 * @fires settings-change - The reader changed something; `detail` holds the settings that are new.
 */
@customElement("specsight-timing-controls")
export class TimingControls extends LitElement {
  static override styles = [base, buttons, controlsStyles, ownControlsStyles];

  @property({ attribute: false }) systems: readonly SystemInfo[] = [];
  @property({ attribute: false }) info: SystemInfo | undefined;
  @property({ attribute: false }) operation: Operation | undefined;
  /** Undefined while the arguments typed cannot be used. */
  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) settings: Settings | undefined;
  @property({ attribute: false }) story: Text | undefined;
  @property({ attribute: false }) callText: string | undefined;
  /** Whether the story has been replayed. */
  @property({ attribute: false }) ready = false;

  #i18n = new Localized(this);
  @state() private draft: string | undefined;

  #change(settings: Partial<Settings>): void {
    this.dispatchEvent(new CustomEvent<Partial<Settings>>("settings-change", { detail: settings }));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <div class="line main">
        ${this.#select(t.t(strings.system), this.info?.id, this.systems.map((s) => [s.id, t.text(s.title)]), false, (id) => this.#openSystem(id))}
        ${this.#select(
          t.t(strings.operation),
          this.operation?.name,
          (this.info ? timedOperations(this.info) : []).map((o) => [o.name, `L${o.level} ${o.name}`]),
          true,
          (name) => this.#open(this.info?.id, name),
        )}
        ${this.session ? this.#workload(this.session) : nothing}
      </div>
      ${this.operation?.async ? this.#call() : nothing}
    `;
  }

  #select(
    label: string,
    value: string | undefined,
    options: readonly (readonly [string, string])[],
    code: boolean,
    onChange: (value: string) => void,
  ): TemplateResult {
    return html`<label class="field wide"
      ><span>${label}</span
      ><select class=${code ? "code-select" : ""} @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}>
        ${options.map(([id, text]) => html`<option value=${id} ?selected=${id === value}>${text}</option>`)}
      </select></label
    >`;
  }

  #openSystem(id: string): void {
    const info = this.systems.find((system) => system.id === id);
    // The semaphore is the heart of the page: a system opens with its L6.
    const operations = info ? timedOperations(info) : [];
    this.#open(id, (operations.find(({ level }) => level === 6) ?? operations[0])?.name);
  }

  #open(system: string | undefined, operation: string | undefined): void {
    this.draft = undefined;
    const fresh = { args: undefined, items: undefined, invalid: undefined, limit: undefined, beside: undefined };
    this.#change({ ...fresh, system, operation });
  }

  #workload({ shape, items, invalid, limit }: Session): TemplateResult {
    const t = this.#i18n;
    const number = typeof limit === "number" ? limit : undefined;
    const bad = new Set(invalid);
    return html`
      ${shape.list === undefined
        ? nothing
        : html`<div class="field number">
            <label for="items">${t.t(strings.items)}</label>
            ${stepper(t.lang, {
              id: "items",
              name: t.t(strings.items),
              value: String(items),
              invalid: false,
              canFall: items > 0,
              canRise: items < MAX_ITEMS,
              onType: (text) => this.#setItems(text),
              onStep: (by) => this.#setItems(String(items + by)),
            })}
          </div>`}
      ${shape.limit === undefined
        ? nothing
        : html`<div class="field number">
            <label for="limit"><code class="name">${shape.limitName}</code></label>
            ${stepper(t.lang, {
              id: "limit",
              name: shape.limitName ?? "",
              value: String(limit ?? ""),
              invalid: limit !== undefined && !(number !== undefined && number >= 1),
              canFall: number !== undefined && number > 0,
              canRise: true,
              onType: (text) => this.#change({ limit: text }),
              onStep: (by) => this.#change({ limit: String((number ?? 1) + by) }),
            })}
          </div>`}
      ${shape.list === undefined || this.operation?.level !== 6 || items === 0
        ? nothing
        : html`<div class="field wide" role="group" aria-label=${t.t(strings.invalid)}>
            <span>${t.t(strings.invalid)}</span>
            ${items > MAX_SWITCHES
              ? html`<span>${t.t(strings.manyItems)}</span>`
              : html`<div class="switches">
                  ${Array.from(
                    { length: items },
                    (_, index) => html`<button
                      type="button"
                      class=${bad.has(index) ? "invalid" : ""}
                      aria-pressed=${bad.has(index)}
                      aria-label=${t.t(strings.makeInvalid, String(index))}
                      @click=${() => this.#toggle(index, invalid)}
                    >
                      ${index}
                    </button>`,
                  )}
                </div>`}
          </div>`}
    `;
  }

  #setItems(text: string): void {
    // What is no count is not taken; the field shows the old number again.
    if (/^\d{1,9}$/.test(text)) this.#change({ items: Number(text) });
    else this.requestUpdate();
  }

  #toggle(index: number, invalid: readonly number[]): void {
    const next = invalid.includes(index) ? invalid.filter((other) => other !== index) : [...invalid, index];
    this.#change({ invalid: next.sort((a, b) => a - b) });
  }

  /** The call as one line; opened, the whole of it and its arguments to edit. */
  #call(): TemplateResult {
    const t = this.#i18n;
    const changed = this.settings && (["args", "items", "invalid", "limit"] as const).some((key) => this.settings?.[key] !== undefined);
    return html`<div class="call-line">
      <details ?open=${(this.ready && !this.session) || this.draft !== undefined}>
        <summary>
          <span class="title">${t.t(strings.call)}</span>
          <code>${this.callText ?? (this.session ? JSON.stringify(this.session.args) : (this.settings?.args ?? ""))}</code>
        </summary>
        ${this.callText === undefined ? nothing : html`<pre class="call" tabindex="0" aria-label=${t.t(strings.call)}><code>${this.callText}</code></pre>`}
        <p class="small quiet">${this.story ? t.t(strings.fromStory, t.text(this.story)) : t.t(strings.noStory)}</p>
        ${this.#json()}
      </details>
      ${changed
        ? html`<button class="button plain" type="button" @click=${() => this.#open(this.info?.id, this.operation?.name)}>${t.t(strings.reset)}</button>`
        : nothing}
    </div>`;
  }

  #json(): TemplateResult {
    const t = this.#i18n;
    const text = this.draft ?? this.settings?.args ?? (this.session ? JSON.stringify(this.session.args, null, 1) : "");
    const parsed = parseArgs(text);
    const problem = "args" in parsed ? "" : parsed.reason === "list" ? t.t(strings.notAList) : t.t(strings.badJson, parsed.message);
    return html`
      <label class="small" for="args">${t.t(strings.args)} <span class="quiet">${t.t(strings.argsHelp)}</span></label>
      <textarea
        id="args"
        spellcheck="false"
        autocapitalize="off"
        aria-describedby="args-problem"
        aria-invalid=${problem ? "true" : "false"}
        .value=${text}
        @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
        @keydown=${this.#onArgsKey}
      ></textarea>
      <p class="error" id="args-problem" role="status">${problem}</p>
      <button class="button" type="button" ?disabled=${problem !== ""} @click=${this.#apply}>${t.t(strings.apply)}</button>
    `;
  }

  #onArgsKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#apply();
  };

  #apply = (): void => {
    const text = this.draft;
    if (text === undefined) return;
    const parsed = parseArgs(text);
    if (!("args" in parsed)) return;
    this.draft = undefined;
    this.#change({ args: JSON.stringify(parsed.args), items: undefined, invalid: undefined, limit: undefined });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-controls": TimingControls;
  }
}
