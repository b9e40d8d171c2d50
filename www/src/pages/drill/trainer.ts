import type { DrillOverview, DrillQuestion, DrillSummary, DrillVerdict, LaboratoryKit, SpecsightError } from "../../kit/index.js";
import { collection, type Collection } from "../../storage/index.js";
import checklists from "virtual:checklists";
import { deckFiles } from "./decks.js";

/** What a session should be. */
export interface SessionWish {
  length: number;
  limitMs: number | null;
  decks?: string[];
  cards?: string[];
}

const id = "progress";

/**
 * The learner's drill on this page: the engines decide what is asked, what is right and when it is due; this reads the
 * clock, draws the seed and keeps the progress in the browser.
 */
export class Trainer {
  readonly #drill: InstanceType<LaboratoryKit["Drill"]>;
  readonly #store: Collection<string>;
  #saved: string | undefined;
  #saving: Promise<void> = Promise.resolve();
  /** A later version of the page wrote the progress: why it is neither shown nor written over. */
  newer: string | undefined;

  private constructor(kit: LaboratoryKit) {
    this.#drill = new kit.Drill(deckFiles, checklists);
    this.#store = collection({ name: "drill", version: 1, check: (value) => checkProgress(kit, value) });
  }

  static #opened: Promise<Trainer> | undefined;

  /** The one trainer of this visit: pages that come and go share it, so none reads what another is still saving. */
  static open(kit: LaboratoryKit): Promise<Trainer> {
    Trainer.#opened ??= Trainer.#open(kit).catch((error: unknown) => {
      Trainer.#opened = undefined;
      throw error;
    });
    return Trainer.#opened;
  }

  static async #open(kit: LaboratoryKit): Promise<Trainer> {
    const trainer = new Trainer(kit);
    trainer.#saved = await trainer.#store.get(id);
    if (trainer.#saved !== undefined) {
      try {
        trainer.#drill.load(trainer.#saved);
      } catch (error) {
        trainer.newer = messageOf(error);
      }
    }
    return trainer;
  }

  overview(): DrillOverview {
    return this.#drill.overview(Date.now());
  }

  question(): DrillQuestion | null {
    return this.#drill.question();
  }

  summary(session: string): DrillSummary | null {
    return this.#drill.summary(session);
  }

  start(wish: SessionWish): void {
    const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
    this.#drill.start({ seed, ...wish }, Date.now());
    this.#save();
  }

  answer(choice: string | null, elapsedMs: number): DrillVerdict {
    const verdict = this.#drill.answer({ choice, elapsedMs }, Date.now());
    this.#save();
    return verdict;
  }

  /** Ends the running session as it stands; gives its id if anything was answered. */
  stop(): string | undefined {
    const ended = this.#drill.stop(Date.now());
    this.#save();
    return ended?.id;
  }

  /** The progress as a file's text. */
  exported(): string {
    return this.#drill.save();
  }

  /** Takes in a file's text beside what there is; throws with a sentence if it is something else. */
  import(text: string): void {
    this.#drill.import(text);
    this.#save();
  }

  /** Saves, one after the other. What another tab has stored meanwhile is taken in, not written over. */
  #save(): void {
    if (this.newer !== undefined) return;
    this.#saving = this.#saving.then(async () => {
      const found = await this.#store.get(id);
      if (found !== undefined && found !== this.#saved) this.#drill.import(found);
      this.#saved = this.#drill.save();
      await this.#store.put(id, this.#saved);
    });
  }
}

/** Passes what the engines can read. A text of a later version passes too: it is not ours to set aside. */
function checkProgress(kit: LaboratoryKit, value: unknown): string {
  if (typeof value !== "string") throw new Error("the saved progress is not a text");
  const probe = new kit.Drill([]);
  try {
    probe.load(value);
  } catch (error) {
    if ((error as SpecsightError).code !== "newer_progress") throw error;
  } finally {
    probe.free();
  }
  return value;
}

/** The sentence of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
