import { served } from '#tests/support/served.ts'
import { command } from './command.ts'
import { seconds, tell, TIMES, type Model } from './model.ts'

type Auction = NonNullable<Model['auction']>

/** So many rounds, one after another. */
export function addRounds(auction: Auction, from: number, count: number): void {
  for (let number = 0; number < count; number++) auction.rounds.push({ from: from + number * seconds(TIMES.round), to: from + (number + 1) * seconds(TIMES.round) })
  auction.endsAt = auction.rounds.at(-1)!.to
}

/** The round that runs now; null where none does. */
export function roundNow({ now, auction }: Model): number | null {
  const place = auction?.rounds.findIndex(({ from, to }) => now >= from && now < to) ?? -1
  return place < 0 ? null : place + 1
}

/** For each outage that took more than the rule bears there are as many rounds as it touched; true where there are any. */
export function giveRounds(model: Model): boolean {
  const auction = model.auction!
  if (model.cancelled) return false
  const rounds = [...auction.rounds]
  const counting = model.dark.flatMap((time) => {
    const touched = rounds.filter(({ from, to }) => time.from < to && from < time.to)
    const lost = touched.reduce((sum, { from, to }) => sum + Math.min(time.to, to) - Math.max(time.from, from), 0)
    return !time.answered && lost > seconds(TIMES.outage) ? [{ time, count: touched.length }] : []
  })
  for (const { time, count } of counting) {
    time.answered = true
    addRounds(auction, Math.max(model.now + seconds(TIMES.delay), auction.endsAt), count)
    tell(model, 'auction.extended')
  }
  return counting.length > 0
}

const HOUR = seconds(3600)

/** Nobody is served for so long, and then everybody again for a second. */
export const outage = (n: number) =>
  command(`nobody is served for ${n} s`, async (model, { clock, database }) => {
    model.dark.push({ from: model.now, to: model.now + seconds(n), answered: false })
    const turns = [model.publishedAt - HOUR, ...model.dark.flatMap(({ from, to }) => [from, to]), model.now + 24 * HOUR].map((at) => new Date(at))
    await served(database, turns.flatMap((at, place): [Date, Date][] => (place % 2 ? [] : [[at, turns[place + 1]!]])))
    model.now += seconds(n + 1)
    clock.set(new Date(model.now))
  })
