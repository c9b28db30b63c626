export const projects = { refusals: {} }
