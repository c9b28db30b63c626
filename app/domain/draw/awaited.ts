import { QUICKNET, roundFrom, timeOfRound } from './drand.ts'
import { drawDayFrom, drawnAt, type GameName } from './lottery.ts'

/** What of a tender decides which value of its source it takes. */
export type Awaiting = {
  source: 'drand' | 'lottery'
  game: GameName | null
  /** The first instant whose value may decide: the published one, or, of opened prices, the one their opening gave. */
  from: Date
  /** When the checkpoint was signed that covers the frozen pool, or the opening; null while none does. */
  coveredAt: Date | null
}

/** The one value that may decide, and when it appears. `moved` where the checkpoint came too late for the value of the published instant. */
export type Awaited = { at: Date; moved: boolean; covered: boolean } & ({ source: 'drand'; chain: string; round: number } | { source: 'lottery'; game: GameName; day: string })

/** How long after its time a value is late: seconds for a network, a day for people who read it in the morning. */
const LATE: Record<Awaited['source'], number> = { drand: 60_000, lottery: 24 * 3_600_000 }

/** Derives the value that a tender waits for. Before a checkpoint covers what must come first, it is the value of the published instant, and may move on. */
export function awaitedValue({ source, game, from, coveredAt }: Awaiting): Awaited {
  const covered = coveredAt !== null
  if (source === 'drand') {
    const round = roundFrom(from, coveredAt)
    return { source, chain: QUICKNET.chain, round, at: timeOfRound(round), moved: round !== roundFrom(from), covered }
  }
  const day = drawDayFrom(game!, from, coveredAt)
  return { source, game: game!, day, at: drawnAt(day), moved: day !== drawDayFrom(game!, from), covered }
}

/** Is the value overdue at `now`: a minute for a network, a day for a lottery? Being late changes nothing but what is said: it is waited for. */
export function isLate({ source, at }: Awaited, now: Date): boolean {
  return now.getTime() - at.getTime() > LATE[source]
}
