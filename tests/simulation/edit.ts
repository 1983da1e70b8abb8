/** This text of this file, which it holds exactly once, becomes another while the simulation is built. */
export interface Edit {
  name: string;
  file: string;
  find: string;
  replace: string;
}
