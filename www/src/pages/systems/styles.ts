import { css } from "lit";

/** The list: filters, and rows under headings that stay in sight. */
export const styles = css`
  .lead {
    margin-top: var(--space-3);
    font-size: var(--text-17);
    color: var(--ink-2);
  }
  .bar {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 3fr) minmax(0, 4fr) minmax(0, 3fr);
    gap: var(--space-3) var(--space-4);
    margin-top: var(--space-8);
  }
  .bar label {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  .bar .field {
    width: 100%;
    min-width: 0;
    text-overflow: ellipsis;
  }
  .second {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2) var(--space-6);
    margin: var(--space-4) 0 var(--space-6);
    font-size: var(--text-13);
  }
  .families {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-5);
  }
  .families a {
    color: var(--ink-2);
    text-decoration: none;
    padding-block: var(--space-1);
    border-bottom: 2px solid transparent;
  }
  .families a:hover {
    color: var(--ink);
  }
  .families a[aria-current] {
    color: var(--ink);
    border-bottom-color: var(--accent);
  }
  .result {
    display: flex;
    gap: var(--space-4);
    color: var(--ink-2);
  }
  section + section {
    margin-top: var(--space-10);
  }
  .head,
  section li {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 8fr);
    column-gap: var(--space-8);
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    align-items: baseline;
    padding-block: var(--space-2);
    background: var(--paper);
    border-bottom: 1px solid var(--rule-strong);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  h2 {
    font-size: var(--text-15);
    color: var(--ink);
  }
  h2 .nums {
    margin-inline-start: var(--space-1);
    font-weight: 400;
    color: var(--ink-2);
  }
  .columns,
  dl {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    column-gap: var(--space-4);
  }
  section li {
    grid-template-rows: auto 1fr;
    padding-block: var(--space-4);
    border-bottom: 1px solid var(--rule);
  }
  .who {
    grid-row: span 2;
  }
  section .links {
    grid-column: 2;
    align-self: end;
  }
  h3 {
    display: inline;
    font-size: var(--text-17);
  }
  h3 a {
    text-decoration: none;
  }
  li:hover h3 a {
    text-decoration: underline;
  }
  .kind {
    display: inline;
    margin-inline-start: var(--space-2);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  .group {
    margin-inline-start: var(--space-2);
    white-space: nowrap;
  }
  .summary {
    margin-top: var(--space-1);
    color: var(--ink-2);
  }
  .found,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    margin-top: var(--space-2);
    font-size: var(--text-13);
    overflow-wrap: anywhere;
  }
  .found .label {
    color: var(--ink-2);
  }
  .found a {
    color: inherit;
  }
  .found a:hover {
    color: var(--accent);
  }
  .links {
    column-gap: var(--space-4);
  }
  .links a:not(:hover) {
    text-decoration: none;
  }
  mark {
    background: var(--changed-soft);
    color: inherit;
    box-shadow: inset 0 -1px var(--changed);
  }
  dl {
    font-size: var(--text-13);
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  dt {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .chosen {
    color: var(--ink);
    font-weight: 600;
  }
  .ways li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    padding-block: var(--space-1);
  }
  .ways span {
    color: var(--ink-2);
  }
  @media (max-width: 860px) {
    .bar {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .bar .words,
    .bar .by-uses {
      grid-column: 1 / -1;
    }
    /* The two short ones stand beside each other. */
    .bar .by-uses {
      order: 1;
    }
    .head,
    section li {
      grid-template-columns: minmax(0, 1fr);
      row-gap: var(--space-2);
    }
    .columns {
      display: none;
    }
    .who {
      grid-row: auto;
    }
    section .links {
      grid-column: auto;
    }
    section dl {
      grid-template-columns: minmax(0, 1fr);
      row-gap: 2px;
    }
    dl > div {
      display: grid;
      grid-template-columns: 32px minmax(0, 1fr);
    }
    dt {
      position: static;
      width: auto;
      height: auto;
      clip-path: none;
    }
  }
  @media (pointer: coarse) {
    .families a,
    .links a,
    .result a,
    .ways a {
      display: inline-flex;
      align-items: center;
      gap: var(--space-1);
      min-height: var(--touch);
    }
    .second,
    .result {
      align-items: center;
    }
    .links {
      margin-block: 0 calc(-1 * var(--space-2));
    }
  }
`;
