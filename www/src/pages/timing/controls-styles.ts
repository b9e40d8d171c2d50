import { css } from "lit";

/** What the workload of strategies has beyond what all workloads have. */
export const ownControlsStyles = css`
  :host {
    --stepper: 8ch;
    gap: var(--space-2);
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
  sup {
    font-size: 0.7em;
    line-height: 0;
  }
  @media (pointer: coarse) {
    .choice {
      min-height: var(--touch);
    }
  }
  @media (max-width: 720px) {
    .line {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      align-items: start;
    }
    .line > .part {
      flex-direction: column;
      align-items: start;
    }
    .line > .part:first-child {
      grid-column: 1 / -1;
    }
    .line > .part:first-child select {
      width: 100%;
    }
  }
`;
