/** What `build/checklists.ts` reads out of the engines' catalogue. */
declare module "virtual:checklists" {
  const checklists: import("../../pkg/specsight.js").DrillChecklist[];
  export default checklists;
}
