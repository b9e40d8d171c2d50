import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { StrategyInfo } from "../../kit/types.js";
import { Laboratory } from "../../laboratory/index.js";
import { href, navigate, type Query } from "../../router/index.js";
import "../../share/copy.js";
import "../../timing/nav.js";
import { readLook, writeLook, type Look } from "../../timing/place.js";
import { download } from "../../ui/download.js";
import { stateStyles, wrongState } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import "./bar.js";
import type { BarAction } from "./bar.js";
import { Runner, idle, type Bench } from "./bench.js";
import { LinkError, MAX_LINK, encodeDraft } from "./codec.js";
import { sameWriting, type Draft, type Form, type Writing } from "./draft.js";
import { Drafts } from "./drafts.js";
import type { LineMark } from "./editor-marks.js";
import { blank } from "./examples.js";
import { faultOf } from "./fault.js";
import "./figure.js";
import type { ProgramFigure } from "./figure.js";
import { fileName, readFile } from "./files.js";
import { open, type Opened } from "./opening.js";
import { originKey, originOf, queryOf, type Origin } from "./origin.js";
import { pageStyles } from "./page-styles.js";
import "./pane.js";
import type { ProgramPane } from "./pane.js";
import type { Questions } from "./questions.js";
import { strings } from "./strings.js";
import script from "./worker.js?worker&url";

const PATH = "/timing/program";
/** How long the reader must rest from typing until the text is kept. */
const KEEP_MS = 300;

interface Notice {
  readonly sentence: (t: Localized) => string;
  readonly undo?: () => void;
}

/** A program of the reader's own, beside its chart. */
@customElement("specsight-program")
export class ProgramPage extends PageElement {
  static override styles = [base, buttons, frame, stateStyles, pageStyles];

  #i18n = new Localized(this);
  readonly #laboratory = new Laboratory<Questions>(script);
  readonly #drafts = new Drafts();
  readonly #runner = new Runner(this.#laboratory, (bench) => (this.bench = bench));
  #loaded: Promise<void> | undefined;
  #origin: Origin = { kind: "last" };
  #opening = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #axis: Look["axis"] = "time";
  @state() private draft: Draft | undefined;
  @state() private bench: Bench = idle;
  @state() private notice: Notice | undefined;
  @state() private lines: readonly LineMark[] = [];
  @state() private strategies: readonly StrategyInfo[] = [];
  /** The program as a word of an address, or why it has none. */
  @state() private link: string | LinkError = "";
  #linkOf: Draft | undefined;
  @query("specsight-program-pane") private pane!: ProgramPane | null;
  @query("specsight-program-figure") private figure!: ProgramFigure | null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.#keepNow);
    this.#loaded ??= this.#drafts.load();
    void this.#list();
  }

  async #list(): Promise<void> {
    // Without engines there are no strategies to choose; the run says so.
    this.strategies = await this.#laboratory.ask("strategies", null).catch(() => []);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pagehide", this.#keepNow);
    this.#keepNow();
    this.#runner.stop();
    this.#laboratory.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("route")) return;
    const origin = originOf(this.route.query);
    if (this.draft && originKey(origin) === originKey(this.#origin)) return;
    void this.#open(origin);
  }

  // Which program

  async #open(origin: Origin): Promise<void> {
    this.#keepNow();
    const opening = (this.#opening += 1);
    await this.#loaded;
    const opened = await open(origin, this.#drafts, this.#laboratory, this.#i18n);
    // The reader may have gone on to another one while this was on its way.
    if (opening !== this.#opening || !this.isConnected) return;
    const notice = opened.notice;
    this.notice = notice ? { sentence: notice } : this.notice?.undo ? this.notice : undefined;
    this.#show(opened);
  }

  #show({ origin, draft, axis }: Opened): void {
    this.#origin = origin;
    this.#axis = axis;
    this.draft = draft;
    this.name(draft.name);
    this.#go({ tab: this.route.query.get("tab") ?? (draft.form === "json" ? "json" : null) }, true);
    this.#runner.clear();
    void this.updateComplete.then(() => this.pane?.load(draft));
    void this.#runner.now(draft);
    void this.#runner.pin(draft.pinned);
    void this.#makeLink();
  }

  /** Writes what is shown into the address. */
  #go(changes: Query, replace: boolean): void {
    const { query } = this.route;
    const kept = Object.fromEntries(["lang", "theme", "tab", "axis", "at", "zoom"].map((key) => [key, query.get(key)]));
    navigate(href(PATH, { ...queryOf(this.#origin), ...kept, ...changes }), { replace });
  }

  #visit(origin: Origin): void {
    navigate(href(PATH, { ...queryOf(origin), lang: this.route.query.get("lang"), theme: this.route.query.get("theme") }));
  }

  // Keeping

  /** Takes a change in. What is not the reader's own yet becomes so. */
  #change(changes: Partial<Draft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...changes };
    if (this.#origin.kind !== "draft") {
      this.draft = { ...this.draft, name: this.#drafts.freeName(this.draft.name) };
      this.#origin = { kind: "draft", id: crypto.randomUUID() };
      this.notice = undefined;
      this.name(this.draft.name);
      this.#keepNow(true);
      this.#go({}, false);
    }
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(this.#keepNow, KEEP_MS);
  }

  readonly #keepNow = (event: unknown = false): void => {
    if (this.#keeping === undefined && event !== true) return;
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const { draft } = this;
    const origin = this.#origin;
    if (!draft || origin.kind !== "draft") return;
    void this.#makeLink();
    void this.#drafts.save(origin.id, draft).then((id) => {
      this.requestUpdate();
      if (id === origin.id || this.#origin !== origin) return;
      // Another tab has changed the same program: this one goes on as a copy.
      this.#origin = { kind: "draft", id };
      this.draft = { ...(this.draft ?? draft), name: this.#drafts.get(id)?.name ?? draft.name };
      this.notice = { sentence: (t) => t.t(strings.otherTab) };
      this.#go({}, true);
    });
  };

  async #add(name: string, writing: Writing): Promise<void> {
    this.#keepNow();
    const id = crypto.randomUUID();
    await this.#drafts.save(id, { name: this.#drafts.freeName(name), ...writing });
    this.#visit({ kind: "draft", id });
  }

  #onAction = (event: CustomEvent<BarAction>): void => {
    const { draft } = this;
    if (!draft) return;
    const t = this.#i18n;
    this.notice = undefined;
    if (event.detail === "new") return void this.#add(t.t(strings.untitled), { form: "python", text: blank });
    if (event.detail === "duplicate") return void this.#add(draft.name, { form: draft.form, text: draft.text });
    void this.#delete(draft);
  };

  async #delete(draft: Draft): Promise<void> {
    const origin = this.#origin;
    if (origin.kind !== "draft") return;
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    this.notice = {
      sentence: (t) => t.t(strings.deleted, draft.name),
      undo: () => {
        this.notice = undefined;
        void this.#drafts.save(origin.id, draft).then(() => this.#visit(origin));
      },
    };
    await this.#drafts.remove(origin.id);
    this.#visit({ kind: "last" });
  }

  // Files and links

  #import = async (file: File): Promise<void> => {
    const read = await readFile(file);
    if ("wrong" in read) {
      const sentence = read.wrong === "too-long" ? strings.fileTooLong : strings.fileUnreadable;
      this.notice = { sentence: (t) => t.t(sentence, file.name) };
      return;
    }
    this.notice = undefined;
    await this.#add(read.name || this.#i18n.t(strings.untitled), read.writing);
  };

  async #as(form: Form): Promise<string> {
    const { draft } = this;
    if (!draft) return "";
    return draft.form === form ? draft.text : this.#laboratory.ask("convert", { form: draft.form, text: draft.text, to: form });
  }

  #save = async (form: Form): Promise<void> => {
    if (!this.draft) return;
    try {
      download(fileName(this.draft.name, form), await this.#as(form), form === "json" ? "application/json" : "text/x-python");
    } catch {
      const now = this.draft.form;
      this.notice = { sentence: (t) => t.t(strings.notSaved, t.t(strings[form]), t.t(strings[now])) };
    }
  };

  async #makeLink(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const link = await encodeDraft(draft).catch((error: unknown) => (error instanceof LinkError ? error : new LinkError("damaged")));
    if (draft !== this.draft) return this.#makeLink();
    this.#linkOf = draft;
    this.link = link;
  }

  /** At once if it is there, as some browsers let a page copy only at once. */
  #linkText = (): string | Promise<string> => (this.#linkOf === this.draft ? this.#linkNow() : this.#makeLink().then(() => this.#linkNow()));

  #linkNow(): string {
    const { link } = this;
    if (typeof link === "string") return new URL(href(PATH, { p: link }), location.href).href;
    this.notice = { sentence: (t) => t.t(strings.linkTooLong, link.length, MAX_LINK) };
    throw link;
  }

  // The run

  #onWrite = (event: CustomEvent<Writing>): void => {
    this.#change(event.detail);
    // A place on the axis of the run before is none of the next one.
    if (this.#look.at !== undefined || this.#look.zoom) this.#go({ at: null, zoom: null }, true);
    if (this.draft) this.#runner.soon({ form: this.draft.form, text: this.draft.text });
  };

  #onRun = async (): Promise<void> => {
    const { draft } = this;
    if (!draft) return;
    await this.#runner.now({ form: draft.form, text: draft.text });
    await this.updateComplete;
    if (this.#fresh) this.figure?.focus();
  };

  /** Whether the chart shows the very text. */
  get #fresh(): boolean {
    return sameWriting(this.bench.own?.writing, this.draft);
  }

  #pin(writing: Writing | undefined): void {
    if (!this.draft) return;
    if (writing) {
      const { form, text } = writing;
      this.draft = { ...this.draft, pinned: { form, text } };
    } else {
      const { pinned: _pinned, ...rest } = this.draft;
      this.draft = rest;
    }
    if (this.#origin.kind === "draft") this.#change({});
    else void this.#makeLink();
    void this.#runner.pin(writing);
  }

  #takeBack(pinned: Writing): void {
    this.pane?.rewrite(pinned);
    this.#change({ form: pinned.form, text: pinned.text });
    this.#go({ tab: pinned.form === "json" ? "json" : null }, true);
    void this.#runner.now(pinned);
  }

  get #look(): Look {
    return readLook(this.route.query, this.#axis);
  }

  #onLook = ({ detail }: CustomEvent<Partial<Look>>): void => this.#go(writeLook({ ...this.#look, ...detail }, this.#axis), true);

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <specsight-timing-nav here=${PATH}></specsight-timing-nav>
      <div class="top">
        <h1>${t.t(strings.heading)}</h1>
        <specsight-copy label=${t.t(strings.share)} .text=${this.#linkText}></specsight-copy>
      </div>
      ${this.draft ? this.#body(this.draft) : nothing}
    `;
  }

  #body(draft: Draft): TemplateResult {
    const t = this.#i18n;
    const { problem } = this.bench;
    const tab = this.route.query.get("tab") === "json" ? "json" : "python";
    return html`
      <specsight-program-bar
        .name=${draft.name}
        .origin=${originKey(this.#origin)}
        .entries=${this.#drafts.entries}
        .strategies=${this.strategies}
        .json=${() => this.#as("json")}
        @bar-open=${(event: CustomEvent<string>) => this.#visit(originOf(new URLSearchParams(event.detail)))}
        @bar-rename=${(event: CustomEvent<string>) => this.#rename(event.detail)}
        @bar-action=${this.#onAction}
        @bar-import=${(event: CustomEvent<File>) => this.#import(event.detail)}
        @bar-save=${(event: CustomEvent<Form>) => this.#save(event.detail)}
      ></specsight-program-bar>
      <div class="notice" role="status">${this.notice ? this.#notice(this.notice) : nothing}</div>
      <div class="desk">
        <specsight-program-pane
          .name=${draft.name}
          .form=${tab}
          .laboratory=${this.#laboratory}
          .lines=${this.#fresh ? this.lines : []}
          .fault=${problem && problem.problem.code !== "engine" ? faultOf(t.lang, problem.writing, problem.problem) : undefined}
          @pane-change=${this.#onWrite}
          @pane-show=${(event: CustomEvent<Form>) => this.#go({ tab: event.detail === "json" ? "json" : null }, true)}
          @pane-run=${this.#onRun}
          @pane-import=${(event: CustomEvent<File>) => this.#import(event.detail)}
        ></specsight-program-pane>
        <div class="run">${this.#run(draft)}</div>
      </div>
    `;
  }

  #rename(name: string): void {
    const id = this.#origin.kind === "draft" ? this.#origin.id : undefined;
    this.#change({ name: this.#drafts.freeName(name, id) });
    if (this.draft) this.name(this.draft.name);
  }

  #notice({ sentence, undo }: Notice): TemplateResult {
    const t = this.#i18n;
    return html`<p>
      ${sentence(t)} ${undo ? html`<button class="button plain" type="button" @click=${undo}>${t.t(strings.undo)}</button>` : nothing}
      <button class="icon-button" type="button" aria-label=${t.t(strings.close)} @click=${() => (this.notice = undefined)}>×</button>
    </p>`;
  }

  #run(draft: Draft): TemplateResult {
    const t = this.#i18n;
    const { own, pinned, problem } = this.bench;
    if (problem?.problem.code === "engine") {
      return wrongState({
        title: t.t(strings.noLab),
        detail: problem.problem.message,
        action: t.t(strings.retry),
        onAction: () => {
          void this.#list();
          void this.#runner.now({ form: draft.form, text: draft.text });
        },
      });
    }
    return html`
      ${this.#tools(draft)}
      ${own || pinned
        ? html`<specsight-program-figure
            class=${problem ? "stale" : ""}
            .name=${draft.name}
            .own=${own}
            .pinned=${pinned}
            .look=${this.#look}
            @figure-look=${this.#onLook}
            @figure-lines=${(event: CustomEvent<readonly LineMark[]>) => (this.lines = event.detail)}
          ></specsight-program-figure>`
        : this.bench.busy
          ? nothing
          : html`<p class="quiet">${problem ? t.t(strings.nothingYet) : nothing}</p>`}
    `;
  }

  /** It keeps its place: what is going on, and what a run can be compared with. */
  #tools(draft: Draft): TemplateResult {
    const t = this.#i18n;
    const { own, problem, busy, cancelled } = this.bench;
    const pinned = draft.pinned;
    return html`<div class="tools">
      <div class="pins">
        <button class="button" type="button" title=${t.t(strings.pinHelp)} ?disabled=${!own || !this.#fresh || sameWriting(pinned, own.writing)} @click=${() => this.#pin(own?.writing)}>
          ${t.t(strings.pin)}
        </button>
        ${pinned
          ? html`<button class="button" type="button" @click=${() => this.#pin(undefined)}>${t.t(strings.unpin)}</button>
              <button class="button" type="button" ?disabled=${sameWriting(pinned, draft)} @click=${() => this.#takeBack(pinned)}>${t.t(strings.takeBack)}</button>`
          : nothing}
      </div>
      <div class="busy" role="status">
        ${busy
          ? html`<progress max=${busy.progress?.tasks ?? nothing} value=${busy.progress?.tasksDone ?? nothing} aria-label=${t.t(strings.running)}></progress>
              <span class="nums">${busy.progress ? t.t(strings.progress, busy.progress.tasksDone, busy.progress.tasks) : t.t(strings.reading)}</span>
              <button class="button" type="button" @click=${() => this.#runner.cancel()}>${t.t(strings.cancel)}</button>`
          : cancelled
            ? t.t(strings.cancelled)
            : problem && own
              ? t.t(strings.lastGood)
              : nothing}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program": ProgramPage;
  }
}
