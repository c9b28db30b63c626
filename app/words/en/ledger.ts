export const ledger = { refusals: {} }
