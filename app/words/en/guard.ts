export const guard = { refusals: {} }
