/** Why nothing was done: the caller's to mend, so it is told without a stack. */
export class Refusal extends Error {}
