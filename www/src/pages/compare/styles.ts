import { css } from "lit";

/**
 * One grid for everything: a gutter for levels, the two sides, and what is said about them. The gutter goes first when the
 * window narrows, then the sayings go below, then the sides stand above each other.
 */
export const layoutStyles = css`
  :host {
    --gutter: 120px;
    --columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 0.9fr);
    --bar: 64px;
    padding-top: var(--space-6);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2) var(--space-6);
  }
  /* The words of the button end where the page does. */
  .head specsight-copy {
    margin-inline-end: calc(-1px - var(--space-2));
  }
  .bar,
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    column-gap: var(--space-12);
    row-gap: var(--space-2);
    align-items: baseline;
  }
  .bar {
    position: sticky;
    z-index: 2;
    top: 0;
    align-items: center;
    min-height: var(--bar);
    margin-top: var(--space-4);
    padding: var(--space-3) 0 var(--space-3) var(--gutter);
    background: var(--paper);
    border-bottom: 1px solid var(--rule-strong);
  }
  .side {
    position: relative;
  }
  .swap {
    position: absolute;
    inset: 50% -42px auto auto;
    transform: translateY(-50%);
  }
  .swap svg {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .only {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 36px;
    cursor: pointer;
  }
  .only input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  .counts {
    min-height: 1.5em;
    margin-top: var(--space-4);
    padding-inline-start: var(--gutter);
    font-size: var(--text-13);
    color: var(--ink-2);
    max-width: none;
  }
  .trouble {
    margin: var(--space-2) 0 0 var(--gutter);
  }
  .part {
    display: grid;
    grid-template-columns: var(--gutter) minmax(0, 1fr);
    align-items: start;
    margin-top: var(--space-6);
    padding-top: var(--space-4);
    border-top: 1px solid var(--rule-strong);
  }
  .counts + .part {
    margin-top: 0;
    border-top: 0;
  }
  .part > h2 {
    position: sticky;
    top: calc(var(--bar) + var(--space-4));
    display: grid;
    gap: var(--space-1);
    padding-inline-end: var(--space-4);
    font-size: var(--text-15);
  }
  .part > h2:not(:has(.level)) {
    line-height: var(--leading-text);
  }
  .part > h2 .level {
    font: 600 var(--text-21) / 1 var(--font-code);
    color: var(--ink);
  }
  .body > .quiet {
    padding-bottom: var(--space-4);
  }
  .rows > .row,
  .body > .row {
    margin: 0;
    padding: var(--space-4) 0;
    border-top: 1px solid var(--rule);
  }
  .body > .row:first-child,
  .body > .rows:first-child > .row:first-child {
    padding-top: 0;
    border-top: 0;
  }
  .body > .row + .rows {
    margin-top: 0;
  }
  .rows:empty {
    display: none;
  }
  .row > .label {
    grid-column: 1 / -1;
    font-size: var(--text-13);
    font-weight: 550;
    color: var(--ink-2);
  }
  /* What a sticky heading covers is no place for the focus. */
  .cell a,
  summary {
    scroll-margin-block: 140px 72px;
  }
  .name {
    display: none;
  }
  @media (max-width: 1120px) {
    :host {
      --gutter: 0px;
      --columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    /* The switch comes first and scrolls away under the window's edge: only the pickers stay. */
    .bar {
      --tools: 44px;
      top: calc(-1 * var(--tools));
      padding-top: 0;
      row-gap: 0;
    }
    .bar .tools {
      grid-column: 1 / -1;
      order: -1;
      height: var(--tools);
    }
    .part {
      grid-template-columns: minmax(0, 1fr);
      padding-top: 0;
    }
    .part > h2 {
      z-index: 1;
      top: 49px;
      display: flex;
      align-items: baseline;
      gap: var(--space-3);
      padding: var(--space-3) 0;
      background: var(--paper);
      border-bottom: 1px solid var(--rule);
    }
    .part > h2 .level {
      font-size: var(--text-17);
    }
    .body {
      padding-top: var(--space-4);
    }
    .row > .said {
      grid-column: 1 / -1;
    }
    .blank {
      display: none;
    }
    .row.left > .said,
    .row.right > .cell {
      grid-column: 2;
    }
    .row.right > .said {
      grid-area: 1 / 1;
    }
  }
  @media (max-width: 720px) {
    :host {
      --columns: minmax(0, 1fr);
    }
    .bar {
      position: static;
      row-gap: var(--space-2);
      grid-template-columns: minmax(0, 1fr) auto;
      column-gap: var(--space-2);
    }
    .bar .tools {
      order: 1;
    }
    .side {
      display: contents;
    }
    .side > specsight-system-picker {
      grid-column: 1;
    }
    .swap {
      position: static;
      grid-area: 1 / 2 / 3;
      align-self: center;
      transform: none;
    }
    .part > h2 {
      top: 0;
    }
    .name {
      display: block;
      font-size: var(--text-13);
      font-weight: 550;
      color: var(--ink-2);
      margin-bottom: 2px;
    }
    .row {
      row-gap: var(--space-3);
    }
    .named .name {
      display: none;
    }
    .row.left > *,
    .row.right > .cell,
    .row.right > .said {
      grid-area: auto;
    }
  }
  @media (pointer: coarse) {
    .only {
      min-height: var(--touch);
    }
  }
`;

/** What stands in the grid. */
export const contentStyles = css`
  .cell > p:not(.name) + p {
    margin-top: var(--space-1);
  }
  .signature {
    font: var(--text-13) / 1.55 var(--font-code);
    font-variant-ligatures: none;
    padding-inline-start: 4ch;
    text-indent: -4ch;
    overflow-wrap: anywhere;
    text-wrap: wrap;
  }
  .signature a {
    color: var(--ink);
    font-weight: 700;
    text-decoration-color: transparent;
  }
  .signature a:hover {
    color: var(--accent);
    text-decoration-color: currentColor;
  }
  /* A parameter breaks only when it is longer than the line. */
  .signature .unit {
    display: inline-block;
    max-width: 100%;
    text-indent: 0;
  }
  .signature .type {
    color: var(--ink-2);
  }
  .signature mark .type {
    color: inherit;
  }
  mark {
    background: var(--changed-soft);
    color: var(--ink);
    border-radius: 3px;
  }
  .signature mark {
    padding: 1px 2px;
    margin: 0 -2px;
    border-bottom: 1px dashed var(--changed);
    border-radius: 3px 3px 0 0;
  }
  .doc {
    margin-top: var(--space-1);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  .said {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-13);
    overflow-wrap: anywhere;
  }
  div.said {
    display: block;
  }
  .same,
  .differs {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
  }
  .said .sign {
    font-family: var(--font-code);
  }
  .differs .sign {
    color: var(--changed);
    font-weight: 700;
  }
  .same {
    color: var(--ink-2);
  }
  .pattern {
    font-weight: 550;
  }
  h4 {
    margin: 0 0 var(--space-1);
    font-size: var(--text-13);
    font-weight: 400;
    color: var(--ink-2);
  }
  .lines li {
    font-size: var(--text-15);
  }
  .lines a {
    color: inherit;
    text-decoration-color: transparent;
  }
  .lines a:hover {
    color: var(--accent);
    text-decoration-color: currentColor;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .chips li > * {
    display: inline-block;
    padding: 1px 6px;
    font: var(--text-13) / 1.5 var(--font-code);
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
  }
  .signal {
    border: 1px solid var(--rule);
    border-radius: 3px;
  }
  .chips mark {
    border: 1px solid transparent;
    font-weight: 600;
  }
  pre {
    font-size: var(--text-13);
    line-height: 1.6;
    padding-inline-start: var(--space-3);
    border-inline-start: 2px solid var(--rule);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  details {
    margin-top: var(--space-2);
    padding-top: var(--space-3);
    border-top: 1px solid var(--rule);
  }
  summary {
    width: fit-content;
    cursor: pointer;
    font-size: var(--text-13);
    font-weight: 550;
  }
  summary .quiet {
    font-weight: 400;
    margin-inline-start: var(--space-2);
  }
  details > .row {
    padding-top: var(--space-3);
  }
  .variant-list {
    display: grid;
    gap: var(--space-2);
    font-size: var(--text-13);
  }
  .variant-list li {
    padding-inline-start: var(--space-3);
    border-inline-start: 2px solid var(--rule);
    overflow-wrap: anywhere;
  }
  .start,
  .suggestions {
    display: grid;
    gap: var(--space-4);
  }
  .start {
    margin-top: var(--space-8);
    padding-inline-start: var(--gutter);
  }
  .lead {
    font-size: var(--text-17);
    color: var(--ink-2);
  }
  .twins {
    max-width: var(--measure);
  }
  .twins li {
    padding: var(--space-3) 0;
    border-top: 1px solid var(--rule);
  }
  .twins li:last-child {
    border-bottom: 1px solid var(--rule);
  }
  .twins a {
    font-weight: 600;
    text-decoration: none;
  }
  .twins a:hover {
    text-decoration: underline;
  }
  .twins p::first-letter {
    text-transform: uppercase;
  }
  .twins p {
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  @media (max-width: 720px) {
    summary {
      padding-block: var(--space-2);
    }
  }
`;
