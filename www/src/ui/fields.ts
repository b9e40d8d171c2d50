import { css } from "lit";

/** Text fields and selects: \`.field\`. */
export const fields = css`
  .field {
    height: 36px;
    padding: 0 var(--space-3);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
    font-size: var(--text-15);
  }
  textarea.field {
    height: auto;
    padding: var(--space-2) var(--space-3);
    resize: vertical;
    line-height: var(--leading-code);
  }
  .field.code {
    font-family: var(--font-code);
    font-size: var(--text-13);
    font-variant-ligatures: none;
  }
  .field::placeholder {
    color: var(--ink-2);
    opacity: 1;
  }
  .field:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -1px;
  }
  .field[aria-invalid="true"] {
    border-color: var(--removed);
    box-shadow: inset 0 0 0 1px var(--removed);
  }
  /* Browsers set a select's words in by 4 px more; beside a text field the two must line up. */
  select.field {
    padding-inline-start: var(--space-2);
  }
  select.field option {
    background: var(--paper-raised);
    color: var(--ink);
  }
  @media (pointer: coarse) {
    .field {
      min-height: var(--touch);
      /* Below 16 px a phone zooms into the field. */
      font-size: max(16px, var(--text-15));
    }
    .field.code {
      font-size: 16px;
    }
  }
`;
