/** The colours of the chart, by the tokens they come from. */
export const tokens = {
  paper: "--paper",
  ink: "--ink",
  ink2: "--ink-2",
  ink3: "--ink-3",
  rule: "--rule",
  ruleStrong: "--rule-strong",
  accent: "--accent",
  accentSoft: "--accent-soft",
  wait: "--lane-wait",
  hold: "--lane-hold",
  sleep: "--lane-sleep",
  done: "--lane-done",
  failed: "--lane-failed",
  critical: "--changed",
} as const;

export type Color = keyof typeof tokens;

/** A colour as the browser computed it, for canvases and for files. */
export type Palette = Readonly<Record<Color, string>>;

export type Texture = "hatch" | "wave" | "stripes";

/** How something is filled: its colour, the texture that tells it without colour, how much of it. */
export interface Paint {
  readonly color: Color;
  readonly texture?: Texture;
  readonly opacity?: number;
}

/** What can be filled. Waiting is hatched, holding a permit solid, a lock finely striped, sleeping lighter with a wave. */
export const paints = {
  wait: { color: "wait", texture: "hatch" },
  hold: { color: "hold" },
  lock: { color: "ink2", texture: "stripes" },
  lockPlain: { color: "ink2" },
  sleep: { color: "sleep", texture: "wave" },
  tick: { color: "ink" },
  cap: { color: "done" },
  level: { color: "hold", opacity: 0.18 },
  levelMost: { color: "hold", opacity: 0.1 },
  lit: { color: "accentSoft" },
  paper: { color: "paper" },
  future: { color: "paper", opacity: 0.72 },
  accent: { color: "accent" },
  brush: { color: "accent", opacity: 0.14 },
} as const satisfies Record<string, Paint>;

export type PaintName = keyof typeof paints;

/** Reads the colours as they are where an element stands. Tokens are `light-dark()`: only a colour that is used is computed. */
export function readPalette(probe: HTMLElement): Palette {
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const entries = Object.entries(tokens).map(([name, token]) => [name, read(token)]);
  return Object.fromEntries(entries) as Palette;
}

/** Red, green and blue of a computed colour. */
export function channels(color: string): readonly [number, number, number] {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  // `color(srgb ...)` counts to 1, `rgb(...)` to 255.
  const scale = color.startsWith("color(") ? 255 : 1;
  return [r * scale, g * scale, b * scale];
}
