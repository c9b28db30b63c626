/** Numbers that look random and come again with the same seed (mulberry32), so that a run can be told by its seed. */
export type Chance = { below: (limit: number) => number; oneOf: <T>(list: readonly T[]) => T; holds: (share: number) => boolean }

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, oneOf: (list) => list[below(list.length)]!, holds: (share) => next() < share }
}
