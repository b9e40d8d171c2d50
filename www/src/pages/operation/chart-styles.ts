import { css } from "lit";

/** How lanes and tracks look: every meaning has a shape or a texture besides its colour. */
export const chartStyles = css`
  :host {
    display: block;
    --gutter: 168px;
  }
  .textures {
    position: absolute;
  }
  .ruler,
  .body {
    display: grid;
    grid-template-columns: var(--gutter) minmax(0, 1fr);
  }
  .ruler {
    position: sticky;
    z-index: 1;
    top: 0;
    padding-top: var(--space-3);
    background: var(--paper);
    border-bottom: 1px solid var(--rule);
  }
  .plot {
    position: relative;
    min-width: 0;
  }
  /* The buttons stand level with the slider. */
  .ruler .gutter {
    display: flex;
    align-items: center;
    height: 24px;
    gap: var(--space-1);
    padding-inline-end: var(--space-2);
  }
  .ruler .plot {
    height: 48px;
  }
  .ruler svg {
    position: absolute;
    inset: 24px auto auto 0;
    overflow: visible;
  }
  .ruler line {
    stroke: var(--ink-3);
  }
  .ruler text,
  .order {
    font-size: var(--text-13);
    fill: var(--ink-2);
    color: var(--ink-2);
    text-anchor: middle;
    font-variant-numeric: tabular-nums;
  }
  .ruler text.zero {
    text-anchor: start;
  }
  .order {
    position: absolute;
    inset: 24px 0 auto;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* The thumb stands exactly over its moment: the track is as wide as the plot plus one thumb. */
  input[type="range"] {
    --thumb: 16px;
    appearance: none;
    position: absolute;
    inset: 0 auto auto calc(var(--thumb) / -2);
    width: 100%;
    height: 24px;
    margin: 0;
    background: none;
    cursor: pointer;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 2px;
    border-radius: 1px;
    background: var(--rule-strong);
  }
  input[type="range"]::-moz-range-track {
    height: 2px;
    background: var(--rule-strong);
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: var(--thumb);
    height: var(--thumb);
    margin-top: -7px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
  }
  input[type="range"]::-moz-range-thumb {
    width: var(--thumb);
    height: var(--thumb);
    border: 0;
    border-radius: 50%;
    background: var(--accent);
  }
  input[type="range"]:disabled {
    visibility: hidden;
  }

  .run {
    padding-top: var(--space-5);
  }
  .run + .run {
    margin-top: var(--space-5);
    border-top: 1px solid var(--rule);
  }
  .run header {
    display: grid;
    grid-template-columns: var(--gutter) minmax(0, 1fr);
    align-items: baseline;
    row-gap: var(--space-1);
    padding-bottom: var(--space-2);
  }
  .run h2 {
    font-size: var(--text-17);
    padding-inline-end: var(--space-2);
  }
  .run .total {
    grid-area: 1 / 2;
    max-width: none;
    font-variant-numeric: tabular-nums;
  }
  .run .total b {
    font-size: var(--text-27);
    font-weight: 600;
    letter-spacing: -0.015em;
    line-height: 1.1;
  }
  .run .formula {
    margin-inline-start: 0.4ch;
    font: var(--text-15) / 1.3 var(--font-code);
    font-variant-ligatures: none;
    color: var(--ink-2);
    white-space: nowrap;
  }
  .run .detail {
    font-size: var(--text-13);
    line-height: 1.35;
    color: var(--ink-2);
    padding-inline-end: var(--space-3);
    overflow-wrap: anywhere;
  }
  .run .why {
    grid-column: 2;
    max-width: 92ch;
  }
  .run .why strong {
    font-weight: 600;
  }

  .body {
    touch-action: pan-y;
    border-radius: var(--radius);
  }
  .body:focus-visible {
    outline-offset: 4px;
    border-radius: var(--radius);
  }
  .body .gutter {
    position: relative;
  }
  .label {
    position: absolute;
    inset-inline: 0 var(--space-3);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    font-family: var(--font-code);
    font-variant-ligatures: none;
    font-size: var(--text-13);
    color: var(--ink);
  }
  .label i {
    display: inline-block;
    min-width: 2.2ch;
    margin-inline-end: 1.2ch;
    font-style: normal;
    text-align: end;
    color: var(--ink-2);
  }
  .label.lit,
  .label.lit i {
    color: var(--accent);
  }
  .label.track {
    padding-inline-start: 3.4ch;
    font-family: var(--font-text);
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .dense .label.lit {
    z-index: 1;
    overflow: visible;
    background: var(--paper);
  }
  .body svg {
    display: block;
    position: absolute;
    inset: 0 auto auto 0;
    overflow: visible;
  }
  .note {
    position: absolute;
    inset-inline-end: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    font-size: var(--text-13);
    color: var(--ink-2);
    text-shadow:
      0 0 3px var(--paper),
      0 0 3px var(--paper),
      0 0 3px var(--paper);
    pointer-events: none;
  }
  .note.later {
    opacity: 0.28;
  }
  .locks {
    max-width: none;
    margin: var(--space-2) 0 0 var(--gutter);
    font-size: var(--text-13);
    color: var(--ink-2);
  }

  svg .grid {
    stroke: var(--rule);
  }
  svg .brace {
    fill: none;
    stroke: var(--ink-2);
  }
  svg text {
    font-family: var(--font-text);
    font-size: var(--text-13);
    font-variant-numeric: tabular-nums;
    fill: var(--ink-2);
  }
  svg .brace-text,
  svg .job,
  svg .holder {
    text-anchor: middle;
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 6px;
    stroke-linejoin: round;
  }
  svg .job {
    font-family: var(--font-code);
    fill: var(--ink);
    stroke-width: 5px;
  }
  svg .holder {
    fill: var(--paper);
    stroke: none;
  }
  svg .lit-row {
    fill: var(--accent-soft);
  }
  svg .hatch {
    stroke: var(--lane-wait);
    stroke-width: 2;
  }
  svg .wait-ground {
    fill: var(--paper);
  }
  svg .wait {
    fill: url(#hatch);
    stroke: var(--lane-wait);
  }
  svg .hold {
    stroke: var(--paper);
    stroke-width: 1;
  }
  svg .hold.semaphore {
    fill: var(--lane-hold);
  }
  svg .hold.lock {
    fill: var(--ink-2);
  }
  svg .sleep {
    fill: var(--lane-sleep);
  }
  svg .sleep-wave {
    fill: url(#wave);
  }
  svg .wave {
    fill: none;
    stroke: var(--paper);
    stroke-opacity: 0.65;
  }
  svg .running {
    stroke: var(--ink-2);
    stroke-width: 2;
  }
  svg .tick {
    fill: var(--ink);
  }
  svg .cap {
    fill: var(--lane-done);
  }
  svg .cross {
    fill: none;
    stroke: var(--lane-failed);
    stroke-width: 2;
    stroke-linecap: round;
  }
  svg .unlit {
    opacity: 0.75;
  }
  svg .ground {
    stroke: var(--rule-strong);
  }
  svg .capacity {
    stroke: var(--ink-3);
    stroke-dasharray: 2 4;
  }
  svg .level {
    fill: color-mix(in srgb, var(--lane-hold) 16%, transparent);
  }
  svg .level-line {
    stroke: var(--lane-hold);
    stroke-width: 2;
  }
  svg .level-text {
    fill: var(--ink);
  }
  svg .future {
    fill: var(--paper);
    opacity: 0.72;
  }
  svg .now {
    stroke: var(--accent);
    stroke-width: 1.5;
  }
  svg .focus {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
  }
  .lane {
    transition: opacity var(--motion) var(--ease);
  }

  .reading {
    max-width: none;
    min-height: 3.9em;
    margin-top: var(--space-4);
    padding: var(--space-3) 0;
    border-top: 1px solid var(--rule);
    background: var(--paper);
    line-height: 1.45;
  }
  /* In sight as long as there is something to read. */
  .reading.told {
    position: sticky;
    z-index: 1;
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

  @media (max-width: 720px) {
    :host {
      --gutter: 92px;
    }
    .run header {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .run .total {
      grid-area: auto;
      grid-column: 1 / -1;
      order: 3;
    }
    .run .detail {
      text-align: end;
      padding: 0;
    }
    .run .why {
      grid-column: 1 / -1;
      order: 4;
    }
    .label i {
      min-width: 1.2ch;
      margin-inline-end: 1ch;
    }
    .label {
      inset-inline-end: var(--space-2);
    }
    .label.track {
      padding-inline-start: 0;
    }
    .locks {
      margin-inline-start: 0;
    }
    .reading.told {
      bottom: calc(56px + env(safe-area-inset-bottom));
    }
  }
`;
