/** How long an answer is kept under its Idempotency-Key. */
export const KEEP_HOURS = 72
