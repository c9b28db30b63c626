export const accounts = { refusals: {} }
