import { css } from "lit";

/** The decks beside what starts a session; on a phone the start comes first. */
export const startStyles = css`
  .lead {
    font-size: var(--text-17);
    margin-top: var(--space-2);
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 300px;
    grid-template-areas: "decks panel" "sessions panel";
    grid-template-rows: auto 1fr;
    gap: var(--space-10) var(--space-16);
    margin-top: var(--space-8);
  }
  .panel {
    grid-area: panel;
    align-self: start;
    position: sticky;
    top: var(--space-6);
    display: grid;
    gap: var(--space-4);
  }
  .decks {
    grid-area: decks;
  }
  .sessions {
    grid-area: sessions;
  }
  .start {
    min-height: var(--touch);
    font-size: var(--text-17);
  }
  .running {
    display: grid;
    gap: var(--space-3);
    padding-bottom: var(--space-5);
    margin-bottom: var(--space-1);
    border-bottom: 1px solid var(--rule);
  }
  .actions,
  .data {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  legend {
    padding: 0;
    margin-bottom: var(--space-1);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  .radios {
    display: flex;
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
  }
  .radios label {
    position: relative;
    flex: 1;
    display: grid;
    place-items: center;
    min-height: 36px;
    cursor: pointer;
  }
  .radios label + label {
    border-inline-start: 1px solid var(--rule);
  }
  .radios input {
    position: absolute;
    inset: 0;
    opacity: 0;
    margin: 0;
    cursor: pointer;
  }
  .radios label:has(:checked) {
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 550;
    border-radius: calc(var(--radius) - 1px);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .radios label:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: var(--radius);
  }
  input[type="checkbox"] {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
    flex: none;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 36px;
    cursor: pointer;
  }
  .check:has(:disabled) {
    opacity: 0.5;
    cursor: default;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: var(--space-4);
    border-bottom: 1px solid var(--rule-strong);
    min-height: 44px;
  }
  .all .button {
    min-height: 32px;
    padding-inline: var(--space-2);
    font-size: var(--text-13);
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(3, 72px);
    text-align: end;
    margin-inline-start: auto;
    padding-inline-end: var(--space-2);
  }
  .counts .name {
    display: block;
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .counts .strong {
    font-weight: 650;
  }
  .decks li {
    border-bottom: 1px solid var(--rule);
  }
  .decks label {
    display: flex;
    align-items: baseline;
    gap: var(--space-3);
    padding-block: var(--space-3);
    cursor: pointer;
  }
  .decks label:hover {
    background: var(--paper-sunk);
  }
  .decks input {
    align-self: start;
    margin-top: 2px;
    margin-inline-start: var(--space-1);
  }
  .deck {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  .title {
    font-weight: 550;
  }
  .sessions li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 112px;
    gap: var(--space-4);
    align-items: baseline;
    padding-block: var(--space-2);
    border-bottom: 1px solid var(--rule);
  }
  .sessions li > :last-child {
    text-align: end;
    padding-inline-end: var(--space-2);
  }
  .none {
    padding-block: var(--space-3);
  }
  .data {
    margin-top: var(--space-5);
  }
  .told {
    min-height: 1.5em;
    margin-top: var(--space-2);
    overflow-wrap: anywhere;
  }
  @media (max-width: 960px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: "panel" "decks" "sessions";
      grid-template-rows: auto;
      gap: var(--space-8);
      margin-top: var(--space-6);
    }
    .panel {
      position: static;
    }
  }
  @media (max-width: 720px) {
    .head .counts {
      display: none;
    }
    .decks label {
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-3);
    }
    .deck {
      flex: 1 1 calc(100% - 48px);
    }
    .decks label .counts {
      display: flex;
      gap: var(--space-4);
      margin-inline-start: 34px;
      padding: 0;
      font-size: var(--text-13);
      color: var(--ink-2);
    }
    .decks label .counts .name {
      display: inline;
      position: static;
      clip-path: none;
    }
    .sessions li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .sessions li > :last-child {
      display: none;
    }
    .sessions a {
      padding-block: 10px;
    }
  }
  @media (pointer: coarse) {
    .radios label,
    .check {
      min-height: var(--touch);
    }
    .all .button {
      min-height: var(--touch);
    }
  }
`;
