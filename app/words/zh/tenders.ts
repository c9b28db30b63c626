export const tenders = { refusals: {} }
