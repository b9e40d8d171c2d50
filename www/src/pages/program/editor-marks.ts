import { StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { setDiagnostics } from "@codemirror/lint";
import type { Place } from "./json.js";

/** Something that is said of a line of the text. */
export interface LineMark {
  /** From 1. */
  readonly line: number;
  /** What stands at its end: `2 waiting`. */
  readonly note: string;
  /** It is where the chosen task stands. */
  readonly own: boolean;
}

/** What is wrong, and where. */
export interface Fault extends Place {
  readonly sentence: string;
}

class Note extends WidgetType {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override eq(other: Note): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement("span");
    note.className = "cm-note";
    note.textContent = this.text;
    // The chart reads the same out; in the middle of a text it would be taken for a part of it.
    note.ariaHidden = "true";
    return note;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const setMarks = StateEffect.define<readonly LineMark[]>();
const stood = Decoration.line({ class: "cm-stood" });
const own = Decoration.line({ class: "cm-stood cm-own" });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setMarks)) next = decorated(transaction.state, effect.value);
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

function decorated(state: EditorState, marks: readonly LineMark[]): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const mark of marks) {
    if (mark.line < 1 || mark.line > state.doc.lines) continue;
    const line = state.doc.line(mark.line);
    ranges.push((mark.own ? own : stood).range(line.from));
    if (mark.note) ranges.push(Decoration.widget({ widget: new Note(mark.note), side: 1 }).range(line.to));
  }
  return Decoration.set(ranges, true);
}

/** Where tasks stand, and where the text is wrong. */
export const marks: Extension = field;

export function showMarks(view: EditorView, lines: readonly LineMark[]): void {
  view.dispatch({ effects: setMarks.of(lines) });
}

export function showFault(view: EditorView, fault: Fault | undefined): void {
  const { state } = view;
  if (!fault) return view.dispatch(setDiagnostics(state, []));
  const from = offsetOf(state, fault);
  const line = state.doc.lineAt(from);
  const rest = line.text.slice(from - line.from);
  const word = /^(\w+|"[^"]*"?|[^\s\w])/.exec(rest)?.[0].length ?? 0;
  // At the end of a line there is nothing to underline but what stands before it.
  const [start, end] = word > 0 ? [from, from + word] : [Math.max(line.from, from - 1), Math.max(from, line.from)];
  view.dispatch(setDiagnostics(state, [{ from: start, to: end, severity: "error", message: fault.sentence }]));
}

/** Columns count characters; the editor counts in halves of those beyond the first plane. */
export function offsetOf({ doc }: EditorState, { line, column }: Place): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...at.text].slice(0, Math.max(column - 1, 0)).join("");
  return at.from + before.length;
}
