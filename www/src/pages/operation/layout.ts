import type { TraceEvent } from "../../kit/types.js";
import type { Ending, Hold, Lane, Level, Span, Timeline, Track } from "./model.js";

/** What the trace itself does not say. */
export interface LayoutHints {
  /** Permits of the semaphores that are known beforehand. */
  readonly permits?: Readonly<Record<string, number>>;
  /** Whether an answer (as Python) is a refusal. */
  readonly refused?: (answer: string) => boolean;
}

interface LaneDraft {
  task: number;
  label: string;
  spans: Span[];
  held: string[];
  /** What it is doing since its last event. */
  state: Pick<Span, "doing" | "by" | "about" | "resource"> & { atMs: number; atEvent: number };
  startMs: number;
  startEvent: number;
  end: { atMs: number; atEvent: number; answer: string | undefined } | undefined;
  askedSemaphore: boolean;
}

interface TrackDraft {
  resource: string;
  used: number;
  /** What each task has not given back yet, the last taken on top. */
  open: Map<number, Omit<Hold, "toMs" | "toEvent">[]>;
  levels: Level[];
  holds: Hold[];
  contended: number;
  /** The fullest it was while somebody had to wait: that many permits there are. */
  fullAt: number | undefined;
}

const isSemaphore = (resource: string): boolean => resource.startsWith("semaphore:");

/** Turns the events of a run into lanes and tracks. Events it cannot place (an end without a start) are passed over. */
export function layOut(events: readonly TraceEvent[], hints: LayoutHints = {}): Timeline {
  const lanes = new Map<number, LaneDraft>();
  const tracks = new Map<string, TrackDraft>();
  events.forEach((event, at) => place(event, at, events[at + 1], lanes, tracks));

  const all = [...lanes.values()].map((draft) => closeLane(draft, hints.refused));
  const tasks = all.filter((lane) => lane.task >= 0);
  // The operation itself only gathers; it gets a lane when it does more than that, or when nobody else does anything.
  const own = all.filter((lane) => lane.task < 0 && (tasks.length === 0 || lane.sleptMs > 0 || lane.waitedMs > 0));
  const shown = [...own, ...tasks].sort((a, b) => a.task - b.task);
  const closed = [...tracks.values()].map((draft) => closeTrack(draft, events.length, hints.permits));
  return {
    lanes: shown,
    tracks: [...closed.filter((t) => t.kind === "semaphore"), ...closed.filter((t) => t.kind === "lock")],
    totalMs: all.reduce((latest, lane) => Math.max(latest, lane.endMs), 0),
    length: events.length,
  };
}

function place(
  event: TraceEvent,
  at: number,
  next: TraceEvent | undefined,
  lanes: Map<number, LaneDraft>,
  tracks: Map<string, TrackDraft>,
): void {
  let lane = lanes.get(event.task);
  if (event.what === "start") {
    if (!lane) lanes.set(event.task, openLane(event, at));
    return;
  }
  if (!lane) lanes.set(event.task, (lane = openLane(event, at)));
  if (lane.end) return;
  const track = event.resource === undefined ? undefined : trackOf(tracks, event.resource);

  switch (event.what) {
    case "sleep":
      turn(lane, event, at, "sleep");
      break;
    case "wake":
      turn(lane, event, at, "run");
      break;
    case "wait":
      if (!track) break;
      if (isSemaphore(track.resource)) lane.askedSemaphore = true;
      // Taken in the same breath: nobody waited.
      if (next?.what === "acquired" && next.task === event.task && next.resource === event.resource) break;
      track.contended += 1;
      track.fullAt = Math.max(track.fullAt ?? 0, track.used);
      turn(lane, event, at, "wait", track);
      break;
    case "acquired":
      if (!track) break;
      if (isSemaphore(track.resource)) lane.askedSemaphore = true;
      turn(lane, event, at, "run");
      lane.held.push(track.resource);
      take(track, event, at);
      break;
    case "released":
      if (!track) break;
      turn(lane, event, at, "run");
      removeLast(lane.held, track.resource);
      give(track, event, at);
      break;
    case "done":
      turn(lane, event, at, "run");
      lane.end = { atMs: event.atMs, atEvent: at, answer: event.label };
      break;
  }
}

function openLane(event: TraceEvent, at: number): LaneDraft {
  return {
    task: event.task,
    label: event.what === "start" ? (event.label ?? "") : "",
    spans: [],
    held: [],
    state: { doing: "run", by: event.what, about: event.resource, atMs: event.atMs, atEvent: at },
    startMs: event.atMs,
    startEvent: at,
    end: undefined,
    askedSemaphore: false,
  };
}

/** Ends what the lane was doing and begins the next thing. */
function turn(lane: LaneDraft, event: TraceEvent, at: number, doing: Span["doing"], waitedFor?: TrackDraft): void {
  close(lane, event.atMs, at);
  const since = { doing, by: event.what, about: event.resource, atMs: event.atMs, atEvent: at };
  lane.state = waitedFor ? { ...since, resource: waitedFor.resource } : since;
}

function close(lane: LaneDraft, toMs: number, toEvent: number): void {
  const { atMs: fromMs, atEvent: fromEvent, ...state } = lane.state;
  if (toEvent > fromEvent) lane.spans.push({ ...state, fromMs, toMs, fromEvent, toEvent, holds: [...lane.held] });
}

function trackOf(tracks: Map<string, TrackDraft>, resource: string): TrackDraft {
  let track = tracks.get(resource);
  if (!track) {
    track = { resource, used: 0, open: new Map(), levels: [], holds: [], contended: 0, fullAt: undefined };
    tracks.set(resource, track);
  }
  return track;
}

function take(track: TrackDraft, event: TraceEvent, at: number): void {
  const hold = { task: event.task, fromMs: event.atMs, fromEvent: at };
  const own = track.open.get(event.task);
  if (own) own.push(hold);
  else track.open.set(event.task, [hold]);
  track.used += 1;
  track.levels.push({ atMs: event.atMs, atEvent: at, used: track.used });
}

function give(track: TrackDraft, event: TraceEvent, at: number): void {
  const hold = track.open.get(event.task)?.pop();
  if (!hold) return;
  track.holds.push({ ...hold, toMs: event.atMs, toEvent: at });
  track.used -= 1;
  track.levels.push({ atMs: event.atMs, atEvent: at, used: track.used });
}

function removeLast(list: string[], value: string): void {
  const position = list.lastIndexOf(value);
  if (position >= 0) list.splice(position, 1);
}

function closeLane(draft: LaneDraft, refused: ((answer: string) => boolean) | undefined): Lane {
  if (!draft.end && draft.task < 0 && draft.state.doing === "run") {
    // The operation itself has no end in the trace; it was over with the last thing it did.
    draft.end = { atMs: draft.state.atMs, atEvent: draft.state.atEvent, answer: undefined };
  }
  // Nothing wakes it any more: the last thing it does has no end.
  if (!draft.end) close(draft, Infinity, Infinity);
  const slept = total(draft.spans, "sleep");
  const answer = draft.end?.answer;
  let ending: Ending = "stuck";
  if (draft.end) ending = answer !== undefined && refused?.(answer) ? "refused" : "done";
  return {
    task: draft.task,
    label: draft.label,
    spans: draft.spans,
    startMs: draft.startMs,
    endMs: draft.end?.atMs ?? Infinity,
    startEvent: draft.startEvent,
    endEvent: draft.end?.atEvent ?? Infinity,
    answer,
    ending,
    atOnce:
      draft.end?.atMs === draft.startMs && !draft.askedSemaphore && !draft.spans.some((span) => span.doing === "sleep"),
    sleptMs: slept,
    waitedMs: total(draft.spans, "wait"),
  };
}

function total(spans: readonly Span[], doing: Span["doing"]): number {
  return spans.reduce((sum, span) => (span.doing === doing ? sum + (span.toMs - span.fromMs) : sum), 0);
}

function closeTrack(draft: TrackDraft, length: number, permits: LayoutHints["permits"]): Track {
  const kind = isSemaphore(draft.resource) ? "semaphore" : "lock";
  const name = draft.resource.slice(draft.resource.indexOf(":") + 1);
  const stillHeld = [...draft.open.values()].flat().map((hold) => ({ ...hold, toMs: Infinity, toEvent: Math.max(length, hold.fromEvent) }));
  return {
    resource: draft.resource,
    kind,
    name,
    capacity: kind === "lock" ? 1 : (permits?.[name] ?? draft.fullAt),
    levels: draft.levels,
    holds: [...draft.holds, ...stillHeld].sort((a, b) => a.fromEvent - b.fromEvent),
    contended: draft.contended,
  };
}
