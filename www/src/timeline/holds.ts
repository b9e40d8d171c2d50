import { Happening, type Run } from "./run.js";

/** How many have a resource, from level to level; the levels of track `t` are `first[t]` to `first[t + 1] - 1`. */
export interface Levels {
  readonly first: Int32Array;
  readonly event: Int32Array;
  readonly ms: Float64Array;
  readonly used: Int32Array;
  /** The most of each track. */
  readonly peak: Int32Array;
}

/** Who has what, and from when to when; holds are numbered in the order of taking. */
export interface Holds {
  readonly count: number;
  readonly lane: Int32Array;
  readonly resource: Int32Array;
  readonly fromEvent: Int32Array;
  /** One past the last event when it is never given back. */
  readonly toEvent: Int32Array;
  /** How many others the lane had when it took this one. */
  readonly depth: Uint8Array;
  /** Never given back. */
  readonly kept: Uint8Array;
  /** The holds of a lane, in order: `byLane[laneFirst[l]]` and so on; the same by resource. */
  readonly laneFirst: Int32Array;
  readonly byLane: Int32Array;
  readonly resourceFirst: Int32Array;
  readonly byResource: Int32Array;
  /** By resource, and as the last one how many locks are taken, whichever. */
  readonly levels: Levels;
  /** How many tasks did not get a resource at once. */
  readonly contended: Int32Array;
  /** The permits of a resource: as known, else as seen while somebody had to wait; -1 if nothing shows it. */
  readonly capacity: Int32Array;
  /** Whether a resource is held over any time. */
  readonly lasting: Uint8Array;
}

/** Follows what is taken and given back, event after event. */
export class HoldsDraft {
  readonly #run: Run;
  readonly #slot: Int32Array;
  readonly #resource: Int32Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #depth: Uint8Array;
  /** The hold that the same slot took before this one and still has; -1 for none. */
  readonly #below: Int32Array;
  readonly #top: Int32Array;
  #count = 0;
  readonly #used: Int32Array;
  readonly #locks: number;
  readonly #levelTrack: Int32Array;
  readonly #levelEvent: Int32Array;
  readonly #levelUsed: Int32Array;
  #levels = 0;
  readonly #contended: Int32Array;
  readonly #full: Int32Array;

  constructor(run: Run, slots: number) {
    let [takes, gives] = [0, 0];
    for (const what of run.columns.what) {
      if (what === Happening.acquired) takes += 1;
      else if (what === Happening.released) gives += 1;
    }
    const resources = run.resources.length;
    this.#run = run;
    this.#slot = new Int32Array(takes);
    this.#resource = new Int32Array(takes);
    this.#from = new Int32Array(takes);
    this.#to = new Int32Array(takes).fill(-1);
    this.#depth = new Uint8Array(takes);
    this.#below = new Int32Array(takes);
    this.#top = new Int32Array(slots).fill(-1);
    this.#used = new Int32Array(resources + 1);
    this.#locks = resources;
    const levels = 2 * (takes + gives);
    this.#levelTrack = new Int32Array(levels);
    this.#levelEvent = new Int32Array(levels);
    this.#levelUsed = new Int32Array(levels);
    this.#contended = new Int32Array(resources);
    this.#full = new Int32Array(resources).fill(-1);
  }

  /** A task has to wait; whoever has the resource now has all of it. */
  contend(resource: number): void {
    if (this.#run.resources[resource] === undefined) return;
    this.#contended[resource] = (this.#contended[resource] ?? 0) + 1;
    this.#full[resource] = Math.max(this.#full[resource] ?? 0, this.#used[resource] ?? 0);
  }

  take(slot: number, resource: number, event: number): boolean {
    if (this.#run.resources[resource] === undefined) return false;
    const hold = this.#count;
    const below = this.#top[slot] ?? -1;
    this.#count += 1;
    this.#slot[hold] = slot;
    this.#resource[hold] = resource;
    this.#from[hold] = event;
    this.#below[hold] = below;
    this.#depth[hold] = below < 0 ? 0 : Math.min(255, (this.#depth[below] ?? 0) + 1);
    this.#top[slot] = hold;
    this.#level(resource, event, 1);
    return true;
  }

  give(slot: number, resource: number, event: number): boolean {
    let above = -1;
    let hold = this.#top[slot] ?? -1;
    while (hold >= 0 && this.#resource[hold] !== resource) {
      above = hold;
      hold = this.#below[hold] ?? -1;
    }
    if (hold < 0) return false;
    if (above < 0) this.#top[slot] = this.#below[hold] ?? -1;
    else this.#below[above] = this.#below[hold] ?? -1;
    this.#to[hold] = event;
    this.#level(resource, event, -1);
    return true;
  }

  #level(resource: number, event: number, by: 1 | -1): void {
    this.#push(resource, event, by);
    if (this.#run.resources[resource]?.kind === "lock") this.#push(this.#locks, event, by);
  }

  #push(track: number, event: number, by: 1 | -1): void {
    const used = (this.#used[track] ?? 0) + by;
    this.#used[track] = used;
    this.#levelTrack[this.#levels] = track;
    this.#levelEvent[this.#levels] = event;
    this.#levelUsed[this.#levels] = used;
    this.#levels += 1;
  }

  close(laneOfTask: Int32Array): Holds {
    const count = this.#count;
    const { atMs } = this.#run.columns;
    const kept = new Uint8Array(count);
    const lasting = new Uint8Array(this.#locks);
    const lane = Int32Array.from({ length: count }, (_, hold) => laneOfTask[this.#slot[hold] ?? 0] ?? -1);
    for (let hold = 0; hold < count; hold += 1) {
      if ((this.#to[hold] ?? -1) < 0) {
        this.#to[hold] = atMs.length;
        kept[hold] = 1;
      }
      const from = atMs[this.#from[hold] ?? 0] ?? 0;
      if (kept[hold] === 1 || (atMs[this.#to[hold] ?? 0] ?? 0) > from) lasting[this.#resource[hold] ?? 0] = 1;
    }
    const lanes = laneOfTask.reduce((most, l) => Math.max(most, l), -1) + 1;
    const lanesSorted = grouped(lane, count, lanes);
    const resourcesSorted = grouped(this.#resource, count, this.#locks);
    return {
      count,
      lane,
      resource: this.#resource,
      fromEvent: this.#from,
      toEvent: this.#to,
      depth: this.#depth,
      kept,
      laneFirst: lanesSorted.first,
      byLane: lanesSorted.members,
      resourceFirst: resourcesSorted.first,
      byResource: resourcesSorted.members,
      levels: this.#closeLevels(),
      contended: this.#contended,
      capacity: Int32Array.from(this.#run.resources, ({ kind, permits }, index) => (kind === "lock" ? 1 : (permits ?? this.#full[index] ?? -1))),
      lasting,
    };
  }

  #closeLevels(): Levels {
    const { first, members } = grouped(this.#levelTrack, this.#levels, this.#locks + 1);
    const event = members.map((level) => this.#levelEvent[level] ?? 0);
    const peak = new Int32Array(this.#locks + 1);
    for (let level = 0; level < this.#levels; level += 1) {
      const track = this.#levelTrack[level] ?? 0;
      peak[track] = Math.max(peak[track] ?? 0, this.#levelUsed[level] ?? 0);
    }
    return {
      first,
      peak,
      event,
      ms: Float64Array.from(event, (at) => this.#run.columns.atMs[at] ?? 0),
      used: members.map((level) => this.#levelUsed[level] ?? 0),
    };
  }
}

/** Sorts the numbers below `count` by their group, keeping their order within it; those without a group are left out. */
function grouped(group: Int32Array, count: number, groups: number): { first: Int32Array; members: Int32Array } {
  const first = new Int32Array(groups + 1);
  for (let index = 0; index < count; index += 1) {
    const of = group[index] ?? -1;
    if (of >= 0) first[of + 1] = (first[of + 1] ?? 0) + 1;
  }
  for (let of = 0; of < groups; of += 1) first[of + 1] = (first[of + 1] ?? 0) + (first[of] ?? 0);
  const next = first.slice();
  const members = new Int32Array(first[groups] ?? 0);
  for (let index = 0; index < count; index += 1) {
    const of = group[index] ?? -1;
    if (of < 0) continue;
    const at = next[of] ?? 0;
    members[at] = index;
    next[of] = at + 1;
  }
  return { first, members };
}
