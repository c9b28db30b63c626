export const frame = { refusals: {} }
