/** The engines in a thread beside the page's: `Laboratory` asks, a `worker.ts` answers by way of `serve` (`thread.ts`). */
export { Laboratory, Refusal } from "./laboratory.js";
export type { Problem } from "./protocol.js";
