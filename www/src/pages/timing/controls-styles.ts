import { css } from "lit";

/** How the workload's controls look: a line on a desk, a short form on a phone. */
export const controlsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-5);
  }
  .part {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-2);
    min-width: 0;
  }
  .part > span,
  .part > label,
  legend {
    color: var(--ink-2);
    font-size: var(--text-13);
    white-space: nowrap;
  }
  legend {
    float: inline-start;
    padding: 0;
  }
  .field {
    min-width: 0;
    max-width: 100%;
  }
  .text {
    font-family: var(--font-code);
    font-size: var(--text-13);
  }
  .small-button {
    font-size: var(--text-13);
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 36px;
    font-size: var(--text-13);
    cursor: pointer;
  }
  .choice input {
    accent-color: var(--accent);
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
    width: 8ch;
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
  .switches button:not([data-check="0"]) {
    border-color: var(--removed);
    background: var(--removed-soft);
    color: var(--removed);
    text-decoration: line-through;
  }
  sup {
    font-size: 0.7em;
    line-height: 0;
  }
  .error {
    color: var(--removed);
  }
  .error:empty {
    display: none;
  }
  @media (pointer: coarse) {
    .stepper input,
    .stepper button,
    .choice {
      min-height: var(--touch);
    }
    .stepper button {
      width: var(--touch);
    }
    .switches button {
      min-width: 40px;
      height: 40px;
    }
  }
  @media (max-width: 720px) {
    .line > .part:first-child {
      flex-basis: 100%;
    }
    .line > .part:first-child select {
      flex: 1;
    }
  }
`;
