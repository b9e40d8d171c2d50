/** The shapes of what the engines give; see the package's own documentation of each. */
export type * from "../../../src/wasm/types.js";
