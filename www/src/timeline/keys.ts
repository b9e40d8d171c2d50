import { phrases, type Phrase } from "../i18n/index.js";
import type { Move } from "./cursor.js";

/** What a key does in the chart. */
export type Command =
  | { readonly kind: "move"; readonly move: Move }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "pan"; readonly share: number }
  | { readonly kind: "height"; readonly by: 1 | -1 }
  | { readonly kind: "fit" | "reach" | "brush" | "accept" | "escape" | "critical" };

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "pageUp",
  PageDown: "pageDown",
  ",": "before",
  ".": "after",
};

const others: Readonly<Record<string, Command>> = {
  "+": { kind: "zoom", factor: 1.5 },
  "=": { kind: "zoom", factor: 1.5 },
  "-": { kind: "zoom", factor: 1 / 1.5 },
  "0": { kind: "fit" },
  z: { kind: "reach" },
  b: { kind: "brush" },
  c: { kind: "critical" },
  "[": { kind: "height", by: -1 },
  "]": { kind: "height", by: 1 },
  Enter: { kind: "accept" },
  Escape: { kind: "escape" },
};

/** The command of a key press; undefined for keys that are the page's. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Command | undefined {
  if (metaKey || altKey) return undefined;
  if (ctrlKey) return key === "Home" || key === "End" ? { kind: "move", move: key === "Home" ? "top" : "bottom" } : undefined;
  if (shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) return { kind: "pan", share: key === "ArrowRight" ? 0.25 : -0.25 };
  const move = moves[key];
  return move ? { kind: "move", move } : others[key];
}

const meanings = phrases({
  events: { en: "Previous or next event of the lane", "zh-HK": "條 lane 上一個／下一個 event" },
  lanes: { en: "Lane above or below, on into the next run", "zh-HK": "上一條／下一條 lane，行到底就去下一個 run" },
  order: { en: "Event before or after, whichever lane it is in", "zh-HK": "跟次序上一個／下一個 event，唔理邊條 lane" },
  ends: { en: "First or last event of the lane", "zh-HK": "條 lane 第一個／最尾一個 event" },
  page: { en: "Ten lanes up or down", "zh-HK": "上／落十條 lane" },
  edges: { en: "First or last lane", "zh-HK": "第一條／最尾一條 lane" },
  zoom: { en: "Zoom in or out", "zh-HK": "放大／縮細" },
  fit: { en: "Show everything", "zh-HK": "睇晒全部" },
  reach: { en: "Zoom to what the cursor stands on", "zh-HK": "放大到 cursor 企住嗰段" },
  pan: { en: "Pan", "zh-HK": "左右移" },
  height: { en: "Lower or taller lanes", "zh-HK": "Lane 矮啲／高啲" },
  brush: { en: "Begin a brush at the cursor; Enter zooms to it", "zh-HK": "由 cursor 開始揀一段；Enter 放大" },
  critical: { en: "Critical path on or off", "zh-HK": "開／閂 critical path" },
  select: { en: "Select the lane", "zh-HK": "揀呢條 lane" },
  escape: { en: "Leave the cursor or the brush", "zh-HK": "放低 cursor 或者唔揀" },
  wheel: { en: "Zoom at the pointer", "zh-HK": "喺指住嘅位放大縮細" },
  shiftWheel: { en: "Pan", "zh-HK": "左右移" },
  drag: { en: "Brush a stretch to zoom to", "zh-HK": "拖出一段嚟放大" },
  spaceDrag: { en: "Pan", "zh-HK": "左右移" },
});

/** The keys of the chart with what they do, for the help of a page. */
export const timelineKeys: readonly (readonly [keys: readonly string[], meaning: Phrase<string>])[] = [
  [["←", "→"], meanings.events],
  [["↑", "↓"], meanings.lanes],
  [[",", "."], meanings.order],
  [["Home", "End"], meanings.ends],
  [["PageUp", "PageDown"], meanings.page],
  [["Ctrl Home", "Ctrl End"], meanings.edges],
  [["+", "-"], meanings.zoom],
  [["0"], meanings.fit],
  [["z"], meanings.reach],
  [["Shift ←", "Shift →"], meanings.pan],
  [["[", "]"], meanings.height],
  [["b"], meanings.brush],
  [["c"], meanings.critical],
  [["Enter"], meanings.select],
  [["Esc"], meanings.escape],
];

/** The same for a pointer: wheel and drag. */
export const timelineGestures: readonly (readonly [gesture: Phrase<string>, meaning: Phrase<string>])[] = [
  [{ en: "Ctrl wheel, pinch", "zh-HK": "Ctrl 加滾輪、兩指" }, meanings.wheel],
  [{ en: "Shift wheel", "zh-HK": "Shift 加滾輪" }, meanings.shiftWheel],
  [{ en: "Drag", "zh-HK": "拖" }, meanings.drag],
  [{ en: "Space drag, Shift drag", "zh-HK": "Space／Shift 加拖" }, meanings.spaceDrag],
  [{ en: "Double click", "zh-HK": "double click" }, meanings.fit],
  [{ en: "Alt wheel", "zh-HK": "Alt 加滾輪" }, meanings.height],
];
