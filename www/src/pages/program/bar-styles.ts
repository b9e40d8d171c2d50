import { css } from "lit";

/** How the bar over the text looks: a line on a desk, a few lines on a phone. */
export const barStyles = css`
  :host {
    display: block;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--space-2) var(--space-4);
  }
  .part {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-2);
    min-width: 0;
  }
  label.part {
    flex-direction: column;
    flex: 1 1 200px;
    max-width: 320px;
  }
  label > span {
    color: var(--ink-2);
    font-size: var(--text-13);
  }
  .field {
    width: 100%;
    min-width: 0;
  }
  .button {
    font-size: var(--text-13);
  }
  details {
    position: relative;
  }
  summary {
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .menu {
    position: absolute;
    z-index: 5;
    inset: calc(100% + var(--space-1)) 0 auto auto;
    display: grid;
    justify-items: start;
    width: max-content;
    max-width: min(320px, 92vw);
    padding: var(--space-2);
    border: 1px solid var(--rule);
    border-radius: var(--radius);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
  }
  .menu .button {
    padding-inline: var(--space-2);
  }
  .menu small {
    padding: 0 var(--space-2) var(--space-2);
    color: var(--ink-2);
    font-size: var(--text-13);
  }
  @media (max-width: 720px) {
    label.part {
      max-width: none;
      flex-basis: 40%;
    }
  }
`;
