export const agencies = { refusals: {} }
