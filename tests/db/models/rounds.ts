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
  const endedAt = auction.endsAt
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
  model.announceBy += auction.endsAt - endedAt
  return counting.length > 0
}
