/** The most that the frame counts; beyond it says "99+". */
export const MOST_COUNTED = 100
