import { css } from "lit";

/** How the text and what is said of it are set. */
export const paneStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    min-width: 0;
  }
  .tabs {
    display: flex;
    gap: var(--space-1);
  }
  .tabs button {
    min-height: 36px;
    padding: 0 var(--space-3);
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--ink-2);
    font-size: var(--text-13);
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--ink);
  }
  .tabs [aria-selected="true"] {
    border-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
  }
  .panels {
    position: relative;
    height: clamp(320px, 56vh, 640px);
  }
  [role="tabpanel"],
  specsight-program-editor {
    height: 100%;
  }
  .instead {
    display: grid;
    align-content: start;
    justify-items: start;
    gap: var(--space-3);
    height: 100%;
    padding: var(--space-4);
    border-radius: var(--radius);
    background: var(--paper-sunk);
    color: var(--ink-2);
  }
  .drop {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    max-width: none;
    border: 2px dashed var(--accent);
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--accent-soft) 88%, transparent);
    color: var(--accent);
    pointer-events: none;
  }
  .trouble {
    min-height: calc(2 * 1.5em + 2 * var(--space-2));
    padding-block: var(--space-2);
    font-size: var(--text-13);
  }
  .trouble p {
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--removed);
    overflow-wrap: anywhere;
  }
  .place {
    padding: 0;
    border: 0;
    background: none;
    color: var(--removed);
    font-weight: 600;
    text-decoration: underline;
    cursor: pointer;
  }
  .help {
    color: var(--ink-2);
    font-size: var(--text-13);
  }
  @media (max-width: 720px) {
    .panels {
      height: clamp(240px, 44vh, 480px);
    }
  }
  @media (pointer: coarse) {
    .tabs button,
    .place {
      min-height: var(--touch);
    }
  }
`;
