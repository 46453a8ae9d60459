/** Why nothing was done. The caller can fix it, so the message comes without a stack trace. */
export class Refusal extends Error {}
