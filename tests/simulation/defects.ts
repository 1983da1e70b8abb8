/** A deliberate mistake in product code: this text of this file, which it holds once, becomes another. */
export interface Defect {
  name: string;
  file: string;
  find: string;
  replace: string;
}

export const defects: Defect[] = [];
