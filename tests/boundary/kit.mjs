// The packages as a page loads them: the engines from `pkg`, the laboratory from `pkg-laboratory`.
import { readFileSync } from "node:fs";

import * as laboratory from "../../pkg-laboratory/laboratory.js";
import * as kit from "../../pkg/specsight.js";

kit.initSync({ module: readFileSync(new URL("../../pkg/specsight_bg.wasm", import.meta.url)) });
laboratory.initSync({ module: readFileSync(new URL("../../pkg-laboratory/laboratory_bg.wasm", import.meta.url)) });

export default kit;
export { laboratory };

/** What a call throws; fails if it does not throw an `Error` with a code and a sentence. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Error) || typeof error.code !== "string" || error.message.length < 10) {
      throw new Error(`thrown without code or sentence: ${String(error)} (${error?.code})`);
    }
    return error;
  }
  throw new Error("nothing was thrown");
}
