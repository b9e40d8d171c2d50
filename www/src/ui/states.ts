import { css, html, nothing, type TemplateResult } from "lit";

/** Styles of the designed states; part of the styles of every element that draws one. */
export const stateStyles = css`
  .state {
    display: grid;
    justify-items: start;
    align-content: start;
    gap: var(--space-3);
    padding: var(--space-8) 0;
    max-width: var(--measure);
  }
  .state p {
    color: var(--ink-2);
  }
  .state .state-title {
    color: var(--ink);
    font-size: var(--text-17);
  }
  .state .detail {
    font: var(--text-13) / var(--leading-code) var(--font-code);
    overflow-wrap: anywhere;
  }
  /* A quick load must not flash: the busy line comes in only when there really is something to wait for. */
  .state.busy {
    animation: state-in 1ms 250ms both;
  }
  @keyframes state-in {
    from {
      visibility: hidden;
    }
  }
`;

/** Something is on its way. */
export function busyState(sentence: string): TemplateResult {
  return html`<div class="state busy" role="status"><p>${sentence}</p></div>`;
}

interface StateText {
  title: string;
  detail?: string;
  /** The one clear next thing to do. */
  action?: string;
  onAction?: () => void;
  href?: string;
}

function next({ action, onAction, href }: StateText): TemplateResult | typeof nothing {
  if (!action) return nothing;
  return href
    ? html`<a class="button" href=${href}>${action}</a>`
    : html`<button class="button" type="button" @click=${onAction}>${action}</button>`;
}

/** Something failed: what happened, the machine's own words, and what to do. */
export function wrongState(text: StateText): TemplateResult {
  return html`<div class="state wrong" role="alert">
    <p class="state-title">${text.title}</p>
    ${text.detail ? html`<p class="detail">${text.detail}</p>` : nothing}${next(text)}
  </div>`;
}

/** There is nothing here yet: why, and what would bring something. */
export function emptyState(text: StateText): TemplateResult {
  return html`<div class="state empty">
    <p class="state-title">${text.title}</p>
    ${text.detail ? html`<p>${text.detail}</p>` : nothing}${next(text)}
  </div>`;
}
