import { createHash } from 'node:crypto'

/** The name of the generator: whoever changes the story changes the name, so that two towns of one name are one town. */
export const TOWN = 'mingdan demo town v1'

export type Dice = {
  /** From 0 up to, not including, 1. */
  next: () => number
  /** A whole number from `least` to `most`, both included. */
  between: (least: number, most: number) => number
  pick: <T>(list: readonly T[]) => T
  /** So many of them, in an order of their own; all where there are fewer. */
  some: <T>(list: readonly T[], count: number) => T[]
  bytes: (count: number) => Buffer
}

/**
 * sfc32 (Doty-Humphrey, PractRand), seeded by SHA-256 of the town's name and the scene's. Each scene has dice of its own,
 * so that what one scene throws never moves another, and an interrupted telling goes on as if nothing had happened.
 */
export function diceFor(scene: string): Dice {
  const seed = createHash('sha256').update(`${TOWN}\0${scene}`).digest()
  let [a, b, c, counter] = [seed.readUInt32LE(0), seed.readUInt32LE(4), seed.readUInt32LE(8), 1] as [number, number, number, number]
  const word = () => {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + out
    return out >>> 0
  }
  for (let warm = 0; warm < 12; warm++) word()
  const next = () => word() / 2 ** 32
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const some = <T>(list: readonly T[], count: number) => {
    const left = [...list]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(between(0, left.length - 1), 1)[0]!)
  }
  const bytes = (count: number) => {
    const whole = Buffer.alloc(Math.ceil(count / 4) * 4)
    for (let place = 0; place < whole.length; place += 4) whole.writeUInt32LE(word(), place)
    return whole.subarray(0, count)
  }
  return { next, between, pick: (list) => list[between(0, list.length - 1)]!, some, bytes }
}
