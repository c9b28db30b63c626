import { served } from '#tests/support/served.ts'
import { command } from './command.ts'
import { seconds } from './model.ts'

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
