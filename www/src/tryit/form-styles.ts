import { css } from "lit";

/** Styles of the call form. */
export const formStyles = css`
  :host {
    display: block;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: var(--space-3) var(--space-3);
  }
  .cell {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }
  .cell.wide {
    flex: 1 1 320px;
  }
  .label {
    font-size: var(--text-13);
    line-height: 20px;
    white-space: nowrap;
  }
  legend.label {
    padding: 0;
  }
  .type {
    color: var(--ink-2);
    font-family: var(--font-code);
    font-size: 12px;
  }
  input.field {
    width: calc(var(--chars, 8) * 1ch + 28px);
    max-width: 100%;
  }
  .cell.wide .field,
  textarea.field {
    width: 100%;
  }
  .error {
    max-width: 44ch;
    font-size: var(--text-13);
    color: var(--removed);
  }
  .error code {
    white-space: nowrap;
  }
  .go {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    /* In line with the fields, under their labels. */
    padding-top: 24px;
  }
  .button.small {
    font-size: var(--text-13);
    padding-inline: var(--space-2);
  }
  .list {
    flex: 1 1 100%;
    order: 1;
    justify-items: start;
  }
  .list .item {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: var(--space-2) var(--space-3);
    padding: var(--space-1) 0;
  }
  .list .item > .error {
    order: 1;
    flex: 1 0 100%;
    max-width: none;
    padding-inline-start: calc(2ch + var(--space-3));
  }
  .list .item:has(.label) > .number,
  .list .item:has(.label) > .icon-button {
    margin-top: 24px;
  }
  .number {
    width: 2ch;
    font: var(--text-13) / 36px var(--font-code);
    color: var(--ink-2);
  }
  form > .error {
    margin-top: var(--space-3);
  }
  @media (max-width: 720px) {
    .line > .cell,
    .line > .go {
      flex: 1 1 100%;
    }
    .go {
      padding-top: 0;
      order: 2;
    }
    .cell .field {
      width: 100%;
    }
    .item .cell {
      flex: 1 1 40%;
    }
  }
`;
