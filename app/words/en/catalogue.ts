export const catalogue = { refusals: {} }
