import { css } from "lit";

/** The page: text and chart beside one another on a desk, under one another elsewhere. */
export const pageStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2) var(--space-6);
    margin-bottom: var(--space-4);
  }
  .notice {
    min-height: calc(36px + var(--space-2));
    padding-top: var(--space-2);
    font-size: var(--text-13);
  }
  .notice p {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    max-width: none;
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--accent);
    color: var(--ink-2);
  }
  .notice .button {
    font-size: var(--text-13);
  }
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-6) var(--space-8);
    margin-top: var(--space-3);
  }
  .run {
    min-width: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-4);
    min-height: 44px;
    margin-bottom: var(--space-2);
    font-size: var(--text-13);
  }
  .tools .button {
    font-size: var(--text-13);
  }
  .pins,
  .busy {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  progress {
    width: 140px;
    height: 8px;
    accent-color: var(--accent);
  }
  .stale {
    /* In the gutter: the chart itself keeps its place. */
    margin-inline-start: calc(-3px - var(--space-2));
    padding-inline-start: var(--space-2);
    border-inline-start: 3px dashed var(--removed);
  }
  @media (min-width: 1100px) {
    .desk {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    specsight-program-pane {
      position: sticky;
      top: var(--space-4);
      align-self: start;
    }
  }
  @media (max-width: 720px) {
    .top h1 {
      font-size: var(--text-21);
    }
  }
`;
