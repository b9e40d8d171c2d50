import { css } from "lit";

/** What every element starts from: box model, text, links, buttons, fields, focus. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    font-family: var(--font-text);
    font-size: var(--text-15);
    line-height: var(--leading-text);
    color: var(--ink);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  pre,
  fieldset {
    margin: 0;
    padding: 0;
  }
  fieldset {
    border: 0;
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    line-height: var(--leading-title);
    font-weight: 600;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--text-27);
    letter-spacing: -0.015em;
  }
  h2 {
    font-size: var(--text-17);
  }
  h3 {
    font-size: var(--text-15);
  }
  p {
    max-width: var(--measure);
    text-wrap: pretty;
  }
  code,
  pre,
  kbd,
  .code {
    font-family: var(--font-code);
    line-height: var(--leading-code);
    /* Code is read character by character: no joined arrows, figures in columns. */
    font-variant-ligatures: none;
    font-variant-numeric: tabular-nums;
  }
  code {
    font-size: 0.94em;
  }
  a {
    color: var(--accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    text-decoration-color: color-mix(in srgb, currentColor 40%, transparent);
  }
  a:hover {
    text-decoration-color: currentColor;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button:focus-visible,
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    border-radius: var(--radius);
  }
  .quiet {
    color: var(--ink-2);
  }
  .small {
    font-size: var(--text-13);
  }
  .nums {
    font-variant-numeric: tabular-nums;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Buttons: \`.button\` (plain), \`.button.primary\` (the one next thing), \`.icon-button\` (square). */
export const buttons = css`
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 36px;
    padding: 0 var(--space-3);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    background: transparent;
    color: var(--ink);
    font-size: var(--text-15);
    line-height: 1;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    transition: background-color var(--motion) var(--ease);
  }
  .button:hover,
  .icon-button:hover {
    background: var(--paper-sunk);
  }
  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 550;
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .button.plain,
  .icon-button {
    border-color: transparent;
  }
  .button.plain {
    color: var(--accent);
  }
  .icon-button {
    width: 36px;
    padding: 0;
  }
  .button:disabled,
  .icon-button:disabled {
    opacity: 0.45;
    cursor: default;
    background: transparent;
  }
  @media (pointer: coarse) {
    .button,
    .icon-button {
      min-height: var(--touch);
    }
    .icon-button {
      width: var(--touch);
    }
  }
`;

/** The outer frame of a page: generous outside, one column grid inside. */
export const frame = css`
  :host {
    display: block;
    width: 100%;
    max-width: 1320px;
    margin-inline: auto;
    padding: var(--space-10) var(--space-8) var(--space-16);
  }
  @media (max-width: 720px) {
    :host {
      padding: var(--space-6) var(--space-4) var(--space-12);
    }
  }
`;
