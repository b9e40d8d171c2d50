import { css } from "lit";

/** One column, everything in its place: what is asked, what is read, the choices, and under them the reason. */
export const questionStyles = css`
  :host {
    display: block;
    max-width: 760px;
    margin-inline: auto;
  }
  /* Over everything, at the very edge of the window: seen from the corner of the eye. */
  .bar {
    position: fixed;
    z-index: 3;
    inset: 0 0 auto;
    height: 3px;
    background: var(--rule);
    pointer-events: none;
  }
  .bar div {
    height: 100%;
    background: var(--ink-2);
    transform-origin: left;
    animation: drain var(--limit) linear both;
  }
  .bar.standing div {
    animation-play-state: paused;
  }
  @keyframes drain {
    to {
      transform: scaleX(0);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar div {
      animation-timing-function: steps(var(--beats));
    }
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    min-height: 44px;
    margin-bottom: var(--space-4);
    color: var(--ink-2);
  }
  .tools {
    display: flex;
    gap: var(--space-1);
    margin-inline-start: auto;
    margin-inline-end: calc(-1 * var(--space-3));
  }
  .tools .button {
    color: var(--ink-2);
  }
  .tools .button:hover {
    color: var(--ink);
  }
  kbd {
    font-size: var(--text-13);
  }
  .button kbd {
    font-weight: 400;
  }
  h1 {
    font-size: var(--text-17);
    color: var(--ink-2);
    font-weight: 550;
    margin-bottom: var(--space-3);
  }
  /* Focused so that reading starts here, not because it can be acted on. */
  h1:focus-visible {
    outline: none;
  }
  .read {
    padding-bottom: var(--space-6);
  }
  .covered {
    padding: var(--space-8) 0;
    color: var(--ink-2);
  }
  .choices {
    border-top: 1px solid var(--rule);
  }
  .choices li {
    border-bottom: 1px solid var(--rule);
  }
  .choice {
    display: grid;
    grid-template-columns: 28px 1fr;
    align-items: baseline;
    width: 100%;
    min-height: var(--touch);
    padding: 10px var(--space-3);
    border: 0;
    background: transparent;
    text-align: start;
  }
  button.choice {
    cursor: pointer;
  }
  button.choice:hover {
    background: var(--accent-soft);
  }
  button.choice kbd {
    color: var(--accent);
    font-weight: 600;
  }
  .choice .label {
    font-weight: 550;
    margin-inline-end: var(--space-2);
  }
  .choice .gloss {
    color: var(--ink-2);
  }
  .pass {
    color: var(--ink-2);
  }
  .choice.right {
    background: var(--added-soft);
  }
  .choice.right kbd,
  .choice.right .label {
    color: var(--added);
  }
  .choice.wrong {
    background: var(--removed-soft);
  }
  .choice.wrong kbd,
  .choice.wrong .label {
    color: var(--removed);
  }
  .choice.right kbd,
  .choice.wrong kbd {
    font-weight: 650;
  }
  .choice.other {
    color: var(--ink-2);
  }
  .choice.other .label {
    font-weight: 400;
  }
  .verdict {
    display: grid;
    gap: var(--space-2);
    padding-top: var(--space-5);
  }
  .verdict:empty {
    padding: 0;
  }
  .verdict h2 {
    font-size: var(--text-21);
  }
  .reason {
    font-size: var(--text-17);
  }
  .look {
    max-width: none;
  }
  .look .pointers {
    display: inline-flex;
    margin-inline-start: var(--space-2);
  }
  .choice.right kbd,
  .choice.wrong kbd {
    font-family: var(--font-text);
    font-size: var(--text-15);
  }
  .after {
    display: flex;
    padding-top: var(--space-4);
  }
  @media (max-width: 720px) {
    header {
      margin-bottom: var(--space-2);
    }
    .look .pointers {
      display: flex;
      margin: var(--space-1) 0 0;
    }
    .choice .gloss {
      display: block;
      font-size: var(--text-13);
    }
    /* Keys are for keyboards; the words say it on a phone. */
    .button kbd {
      display: none;
    }
    /* The next thing stays under the thumb, above the bottom bar. */
    .after {
      position: sticky;
      bottom: calc(56px + env(safe-area-inset-bottom));
      margin-inline: calc(-1 * var(--space-4));
      padding: var(--space-3) var(--space-4);
      background: var(--paper);
      border-top: 1px solid var(--rule);
      margin-top: var(--space-4);
    }
    .after .next {
      width: 100%;
    }
  }
`;
