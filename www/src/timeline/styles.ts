import { css } from "lit";

/** The frame of the chart: tools, ruler, headers, the sentence. What is drawn on the canvas takes its colours from the tokens. */
export const timelineStyles = css`
  :host {
    display: block;
    --ruler: 32px;
    position: relative;
    /* It stands in columns of other widths than the window's. */
    container-type: inline-size;
  }
  .scroller {
    --gutter: 152px;
  }
  .probe {
    position: absolute;
    visibility: hidden;
  }
  .defs {
    position: absolute;
  }
  /* Changes its colour with the theme, whoever changed that; the transition is what tells the canvas. */
  .dresser {
    position: absolute;
    visibility: hidden;
    color: var(--ink);
    transition: color 1ms;
  }
  canvas {
    display: block;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-2);
    padding-block: var(--space-2);
  }
  .tools .group {
    display: flex;
    gap: 2px;
  }
  .tools svg {
    display: block;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .tools .icon-button,
  .tools .button {
    min-height: 32px;
  }
  .tools .icon-button {
    width: 32px;
  }
  .tools label {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-13);
    min-height: 32px;
    white-space: nowrap;
  }
  .tools input {
    accent-color: var(--accent);
    margin: 0;
  }
  .overview {
    position: relative;
    flex: 1 1 160px;
    min-width: 120px;
    height: 32px;
    touch-action: none;
    cursor: grab;
  }
  .overview:active {
    cursor: grabbing;
  }
  .overview canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }

  .scroller {
    position: relative;
  }
  .scroller[data-tall] {
    overflow-y: auto;
    overflow-x: hidden;
    max-height: max(360px, 82vh);
    max-height: max(360px, 82dvh);
    scrollbar-gutter: stable;
    border-bottom: 1px solid var(--rule);
  }
  .ruler {
    position: sticky;
    z-index: 3;
    top: 0;
    display: grid;
    grid-template-columns: var(--gutter) minmax(0, 1fr);
    height: var(--ruler);
    background: var(--paper);
    border-bottom: 1px solid var(--rule);
  }
  :host([scrub]) {
    --ruler: 52px;
  }
  .ruler .corner {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    min-width: 0;
    padding-inline-end: var(--space-2);
  }
  .ruler canvas {
    position: absolute;
    inset: auto auto 0 0;
    pointer-events: none;
  }
  .ruler .track {
    position: relative;
    min-width: 0;
  }
  /* The thumb stands exactly over its moment: the slider is as wide as the axis plus one thumb. */
  .track input {
    --thumb: 16px;
    appearance: none;
    position: absolute;
    inset: 2px auto auto calc(var(--thumb) / -2);
    width: 100%;
    height: 24px;
    margin: 0;
    background: none;
    cursor: pointer;
  }
  .track input::-webkit-slider-runnable-track {
    height: 2px;
    border-radius: 1px;
    background: var(--rule-strong);
  }
  .track input::-moz-range-track {
    height: 2px;
    background: var(--rule-strong);
  }
  .track input::-webkit-slider-thumb {
    appearance: none;
    width: var(--thumb);
    height: var(--thumb);
    margin-top: -7px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
  }
  .track input::-moz-range-thumb {
    width: var(--thumb);
    height: var(--thumb);
    border: 0;
    border-radius: 50%;
    background: var(--accent);
  }
  .track input:disabled {
    visibility: hidden;
  }

  /* The canvas stays in sight, while the runs, which give the place its height, go on below it. */
  .grid {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 96px;
  }
  .stage,
  .runs {
    grid-area: 1 / 1;
    min-width: 0;
  }
  .stage {
    position: sticky;
    top: var(--ruler);
    align-self: start;
    touch-action: pan-y;
    border-radius: var(--radius);
    user-select: none;
    -webkit-user-select: none;
  }
  /* The headers of the runs lie over the canvas, so the ring goes around all of it. */
  .stage:focus-visible {
    outline: none;
  }
  .scroller:has(.stage:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 2px;
  }
  .runs {
    pointer-events: none;
  }
  .run + .run {
    border-top: 1px solid var(--rule);
  }
  .run header {
    position: sticky;
    z-index: 2;
    top: var(--ruler);
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
    padding-block: var(--space-2) var(--space-1);
    background: var(--paper);
    pointer-events: auto;
  }
  .run h2 {
    font-size: var(--text-15);
    line-height: var(--leading-text);
  }
  .fold {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    align-self: center;
    width: 24px;
    min-height: 24px;
    margin: 0 -8px 0 -4px;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--ink-2);
    cursor: pointer;
  }
  .fold:hover {
    background: var(--paper-sunk);
  }
  .fold svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    transition: rotate var(--motion) var(--ease);
  }
  .fold[aria-expanded="false"] svg {
    rotate: -90deg;
  }
  .run .total {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .run .detail {
    font-size: var(--text-13);
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  .run .locks {
    padding: 0 var(--space-1);
    border: 0;
    border-radius: 2px;
    background: none;
    font-size: var(--text-13);
    color: var(--accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    min-height: 24px;
    cursor: pointer;
  }
  .run .note {
    max-width: none;
    padding-bottom: var(--space-2);
    font-size: var(--text-13);
    color: var(--ink-2);
  }

  .reading {
    max-width: none;
    min-height: 3.6em;
    padding-block: var(--space-3);
    border-top: 1px solid var(--rule);
    background: var(--paper);
    line-height: 1.45;
  }
  /* In sight as long as there is something to read. */
  .reading.told {
    position: sticky;
    z-index: 3;
    bottom: 0;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-5);
    font-size: var(--text-13);
    color: var(--ink-2);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
  .empty {
    padding-block: var(--space-6);
    color: var(--ink-2);
  }

  @media (pointer: coarse) {
    .tools .icon-button,
    .tools .button,
    .tools label,
    .overview {
      min-height: var(--touch);
    }
    .tools .icon-button,
    .fold {
      width: var(--touch);
    }
    .fold,
    .run .locks {
      min-height: var(--touch);
    }
  }
  @container (max-width: 560px) {
    .scroller {
      --gutter: 84px;
    }
    .overview {
      flex-basis: 100%;
      order: 9;
    }
  }
  /* Above the bar that a phone has at the bottom. */
  @media (max-width: 720px) {
    .reading.told {
      bottom: calc(56px + env(safe-area-inset-bottom));
    }
  }
`;
