import { css } from "lit";

/** What the workload of an operation has beyond what all workloads have. */
export const ownControlsStyles = css`
  .field {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-width: 0;
  }
  .field > span,
  .field > label {
    color: var(--ink-2);
    font-size: var(--text-13);
    white-space: nowrap;
  }
  code.name {
    font-size: var(--text-13);
  }
  select,
  textarea {
    min-height: 36px;
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
  }
  select {
    max-width: 100%;
    min-width: 0;
    padding: 0 var(--space-2);
    font-size: var(--text-15);
  }
  .code-select {
    font-family: var(--font-code);
    font-size: var(--text-13);
  }
  .call-line {
    display: flex;
    align-items: start;
    gap: var(--space-3);
  }
  details {
    flex: 1;
    min-width: 0;
  }
  summary {
    display: flex;
    align-items: baseline;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius);
    background: var(--paper-sunk);
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: "";
    flex: none;
    width: 6px;
    height: 6px;
    border: solid var(--accent);
    border-width: 0 2px 2px 0;
    transform: translateY(-2px) rotate(-45deg);
  }
  details[open] summary::before {
    transform: translateY(-3px) rotate(45deg);
  }
  summary .title {
    color: var(--accent);
    font-size: var(--text-13);
    white-space: nowrap;
  }
  summary code {
    overflow: hidden;
    font-size: var(--text-13);
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  details[open] summary code {
    visibility: hidden;
  }
  details > :not(summary) {
    margin-top: var(--space-2);
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 132px;
    padding: var(--space-2) var(--space-3);
    font: var(--text-13) / var(--leading-code) var(--font-code);
    resize: vertical;
  }
  .call {
    max-height: 12em;
    overflow: auto;
    font-size: var(--text-13);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    select {
      min-height: var(--touch);
    }
  }
  @media (max-width: 720px) {
    .main {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
    }
    .field.wide {
      grid-column: 1 / -1;
    }
    .field.wide > span {
      min-width: 4.8em;
    }
    .number {
      flex-direction: column;
      align-items: start;
      gap: 2px;
    }
    .call-line {
      flex-direction: column;
      align-items: stretch;
    }
    .call-line .button {
      align-self: start;
    }
    .field.wide select {
      flex: 1;
    }
  }
`;
