import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized, phrases } from "../i18n/index.js";
import { exportAll, watchTrouble, type Trouble } from "../storage/index.js";
import { download } from "../ui/download.js";
import { base } from "../ui/styles.js";

const strings = phrases({
  unavailable: {
    en: "This browser does not let the page store anything: what you do here lasts until you close it.",
    "zh-HK": "呢個瀏覽器唔畀網頁儲存資料：你而家做嘅嘢，關咗頁面就冇。",
  },
  full: {
    en: "The browser's storage is full: from now on nothing is kept. Save a copy before you close the page.",
    "zh-HK": "瀏覽器嘅儲存空間滿咗：由而家開始唔會再儲存。關頁面之前，先存一份副本。",
  },
  corrupt: {
    en: "A saved record could not be read. It was set aside, not deleted.",
    "zh-HK": "有一個已儲存嘅 record 讀唔到。佢被放埋一邊，冇刪走。",
  },
  save: { en: "Save a copy", "zh-HK": "存一份副本" },
});

/** One line about the reader's data, shown only when something is wrong with it. */
@customElement("specsight-notice")
export class Notice extends LitElement {
  static override styles = [
    base,
    css`
      p {
        max-width: none;
        padding: var(--space-2) var(--space-8);
        background: var(--changed-soft);
        color: var(--changed);
        font-size: var(--text-13);
      }
      button {
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
      @media (max-width: 720px) {
        p {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #stop: (() => void) | undefined;
  @state() private trouble: Trouble | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = watchTrouble((trouble) => (this.trouble = trouble));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  #save = async (): Promise<void> => {
    download("specsight.json", await exportAll());
  };

  override render(): TemplateResult | typeof nothing {
    if (!this.trouble) return nothing;
    return html`<p role="status">
      ${this.#i18n.t(strings[this.trouble])} <button type="button" @click=${this.#save}>${this.#i18n.t(strings.save)}</button>
    </p>`;
  }
}
