/** A failure that the world had in mind. Any other is product code's own. */
export class Foreseen extends Error {}
