import type { Awaiting } from '#app/domain/draw/awaited.ts'
import type { Publication } from './tender.ts'

/** What publication fixes about the value from outside that decides; null where there is none. */
export function plannedOf({ drawsAfter, procedure }: Pick<Publication, 'drawsAfter' | 'procedure'>): Awaiting | null {
  if (!drawsAfter || procedure.method === 'direct' || procedure.randomness.source === 'local') return null
  const { randomness } = procedure
  return { source: procedure.randomness.source, game: randomness.source === 'lottery' ? randomness.game : null, from: drawsAfter, coveredAt: null }
}
