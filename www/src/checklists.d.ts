/** The text that `build/checklists.ts` makes of the engines' catalogue: a list of `DrillChecklist`. */
declare module "virtual:checklists" {
  const checklists: string;
  export default checklists;
}
