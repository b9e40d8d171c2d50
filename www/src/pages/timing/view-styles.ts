import { css } from "lit";

/** How the strategies page is laid out: the chart with the sources beside it on a wide desk, below it elsewhere. */
export const viewStyles = css`
  :host {
    display: block;
  }
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-6) var(--space-8);
  }
  .strategies {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr));
    align-content: start;
    gap: var(--space-6) var(--space-8);
    min-width: 0;
  }
  .strategies > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-2);
    padding-top: var(--space-3);
    border-top: 1px solid var(--rule);
  }
  .mistake {
    margin-inline-start: var(--space-2);
    padding: 1px var(--space-2);
    border: 1px solid var(--removed);
    border-radius: var(--radius);
    color: var(--removed);
    font-size: var(--text-13);
    font-weight: 400;
    white-space: nowrap;
  }
  .difference {
    font-weight: 600;
  }
  .lesson {
    color: var(--ink-2);
    font-size: var(--text-13);
  }
  .busy {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    margin-block: var(--space-3);
  }
  progress {
    width: 200px;
    height: 8px;
    accent-color: var(--accent);
  }
  @media (min-width: 1200px) {
    .desk {
      grid-template-columns: minmax(0, 1fr) minmax(340px, 420px);
    }
    .strategies {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
