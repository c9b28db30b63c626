import { z } from 'zod'
import { ALGORITHMS, DRAW_RULES } from '#app/domain/draw/draw.ts'
import { GAME_NAMES } from '#app/domain/draw/lottery.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'

/** Where the value comes from that decides, and how an order is made of it. */
export const RandomnessRule = z.discriminatedUnion('source', [
  z.object({ source: z.enum(['local', 'drand']), rules: z.enum(ALGORITHMS) }),
  z.object({ source: z.literal('lottery'), rules: z.enum(ALGORITHMS), game: z.enum(GAME_NAMES) }),
])

/** What tenders have whose policy says nothing else. */
export const OWN_SOURCE: Randomness = { source: 'local', rules: DRAW_RULES }
