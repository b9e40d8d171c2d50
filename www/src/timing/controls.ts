import { css, html, type TemplateResult } from "lit";
import { say, type Lang } from "../i18n/index.js";
import { strings } from "./strings.js";

/** How a workload's controls look: lines on a desk, a short form on a phone. */
export const controlsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-5);
  }
  .stepper {
    display: flex;
  }
  .stepper input,
  .stepper button {
    height: 36px;
    border: 1px solid var(--rule-strong);
    background: var(--paper);
  }
  .stepper input {
    width: var(--stepper, 5ch);
    padding: 0 var(--space-1);
    border-inline: 0;
    border-radius: 0;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .stepper input[aria-invalid="true"] {
    color: var(--removed);
    text-decoration: underline wavy;
  }
  .stepper button {
    width: 36px;
    cursor: pointer;
  }
  .stepper button:first-child {
    border-radius: var(--radius) 0 0 var(--radius);
  }
  .stepper button:last-child {
    border-radius: 0 var(--radius) var(--radius) 0;
  }
  .stepper button:hover:not(:disabled) {
    background: var(--paper-sunk);
  }
  .stepper button:disabled {
    color: var(--ink-3);
    cursor: default;
  }
  .switches {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }
  .switches button {
    min-width: 30px;
    height: 30px;
    padding: 0 4px;
    border: 1px solid var(--rule-strong);
    border-radius: 4px;
    background: none;
    font-size: var(--text-13);
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  .switches button:hover {
    background: var(--paper-sunk);
  }
  .switches button.invalid {
    border-color: var(--removed);
    background: var(--removed-soft);
    color: var(--removed);
    text-decoration: line-through;
  }
  .error {
    color: var(--removed);
  }
  .error:empty {
    display: none;
  }
  @media (pointer: coarse) {
    .stepper input,
    .stepper button {
      height: var(--touch);
    }
    .stepper button {
      width: var(--touch);
    }
    .switches button {
      min-width: 40px;
      height: 40px;
    }
  }
`;

/** A number to be typed or stepped. */
export interface Stepper {
  readonly id: string;
  /** What it counts, for the buttons. */
  readonly name: string;
  /** As typed: what is no number must show itself. */
  readonly value: string;
  readonly invalid: boolean;
  readonly canFall: boolean;
  readonly canRise: boolean;
  readonly onType: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** A field between a button that takes one away and a button that adds one. */
export function stepper(lang: Lang, { id, name, value, invalid, canFall, canRise, onType, onStep }: Stepper): TemplateResult {
  return html`<div class="stepper">
    <button type="button" ?disabled=${!canFall} aria-label=${say(lang, strings.fewer, name)} @click=${() => onStep(-1)}>−</button>
    <input
      id=${id}
      inputmode="numeric"
      autocomplete="off"
      aria-invalid=${invalid}
      .value=${value}
      @change=${(event: Event) => onType((event.target as HTMLInputElement).value.trim())}
    />
    <button type="button" ?disabled=${!canRise} aria-label=${say(lang, strings.more, name)} @click=${() => onStep(1)}>+</button>
  </div>`;
}
