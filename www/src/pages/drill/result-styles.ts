import { css } from "lit";

/** One column; what to review stands first. */
export const resultStyles = css`
  :host {
    display: block;
    max-width: 760px;
    margin-inline: auto;
  }
  /* Focused so that reading starts here, not because it can be acted on. */
  h1:focus-visible {
    outline: none;
  }
  h1 {
    margin-bottom: var(--space-2);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin-top: var(--space-5);
  }
  .button kbd {
    font-size: var(--text-13);
    font-weight: 400;
  }
  section {
    margin-top: var(--space-10);
  }
  h2 {
    padding-bottom: var(--space-2);
    border-bottom: 1px solid var(--rule-strong);
  }
  .row {
    padding-block: var(--space-3);
  }
  .title {
    font-weight: 550;
  }
  .review li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--space-1) var(--space-4);
    align-items: baseline;
    padding-block: var(--space-3);
    border-bottom: 1px solid var(--rule);
  }
  .review .pointers {
    grid-column: 1 / -1;
  }
  .misses > li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    align-items: baseline;
    padding-block: var(--space-5);
    border-bottom: 1px solid var(--rule);
  }
  .miss {
    display: grid;
    gap: var(--space-2);
  }
  .miss h3 {
    font-weight: 400;
    font-size: var(--text-13);
  }
  .miss .prompt {
    font-size: var(--text-17);
  }
  .miss .prompt.code {
    font-size: var(--text-15);
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-6);
  }
  .times {
    padding-top: var(--space-3);
  }
  .times li {
    position: relative;
    display: grid;
    grid-template-columns: 24px 24px minmax(0, 1fr) 64px;
    align-items: center;
    min-height: 28px;
  }
  .track {
    height: 8px;
    border-inline-end: 1px solid var(--rule-strong);
    background: linear-gradient(var(--rule), var(--rule)) center / 100% 1px no-repeat;
  }
  .length {
    display: block;
    height: 100%;
    min-width: 2px;
    background: var(--ink-2);
  }
  /* A miss differs from a hit by more than its sign: hollow, not solid. */
  .length.missed {
    background: var(--paper);
    border: 1.5px solid var(--removed);
  }
  .times .axis {
    min-height: 20px;
    color: var(--ink-2);
    font-size: var(--text-13);
  }
  .axis .scale {
    grid-column: 3;
    display: flex;
    justify-content: space-between;
  }
  /* The figure stands under the end of the line, not before it. */
  .axis .scale :last-child {
    transform: translateX(50%);
  }
  .span {
    text-align: end;
    white-space: nowrap;
  }
  @media (max-width: 720px) {
    .button kbd {
      display: none;
    }
    .misses > li {
      grid-template-columns: 24px minmax(0, 1fr);
    }
    .miss .prompt {
      font-size: var(--text-15);
    }
    .miss .prompt.code {
      font-size: var(--text-13);
    }
  }
`;
