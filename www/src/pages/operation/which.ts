import { css, html, type TemplateResult } from "lit";
import { say, type Lang } from "../../i18n/index.js";
import { l6Kinds } from "../../words/index.js";
import { strings } from "./strings.js";

export const whichStyles = css`
  .which {
    margin-top: var(--space-8);
    padding-top: var(--space-5);
    border-top: 1px solid var(--rule);
  }
  .which h2 {
    margin-bottom: var(--space-4);
  }
  .which .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
    gap: var(--space-5) var(--space-8);
  }
  .which article {
    display: grid;
    gap: var(--space-2);
    align-content: start;
  }
  .which h3 {
    font-weight: 600;
  }
  .which .signal {
    color: var(--ink-2);
  }
  .which pre {
    padding: var(--space-3);
    border-radius: var(--radius);
    background: var(--paper-sunk);
    font-size: var(--text-13);
    overflow-x: auto;
  }
`;

const failFast = `if key not in self.data:
    return False
async with semaphore:
    await asyncio.sleep(0.01)
return True`;

const allSleep = `async with semaphore:
    await asyncio.sleep(0.01)
    return key in self.data`;

/** Which of the two a spec asks for: its words, the consequence, and the shape of the code. */
export function whichOne(lang: Lang): TemplateResult {
  return html`<section class="which">
    <h2>${say(lang, strings.whenTitle)}</h2>
    <div class="two">
      <article>
        <h3>${say(lang, l6Kinds.fail_fast)}</h3>
        <p class="signal">${say(lang, strings.signalFailFast)}</p>
        <p>${say(lang, strings.whenFailFast)}</p>
        <pre tabindex="0"><code>${failFast}</code></pre>
      </article>
      <article>
        <h3>${say(lang, l6Kinds.all_sleep)}</h3>
        <p class="signal">${say(lang, strings.signalAllSleep)}</p>
        <p>${say(lang, strings.whenAllSleep)}</p>
        <pre tabindex="0"><code>${allSleep}</code></pre>
      </article>
    </div>
  </section>`;
}
