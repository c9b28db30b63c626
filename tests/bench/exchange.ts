import type { Member } from '#app/domain/accounts/actor.ts'
import { keepExchange } from '#app/domain/exchange/keep-exchange.server.ts'
import { showExchange } from '#app/domain/exchange/show-exchange.server.ts'
import { connect, databaseClock } from '#db/client.ts'
import { aCaseFor } from '#tests/support/contracts.ts'
import type { TestContext, TestDatabase } from '#tests/support/database.ts'
import { authority, operator } from '#tests/support/factories.ts'
import { manyServices } from '#tests/support/many-services.ts'
import { queriesOf } from '#tests/support/queries.ts'
import { aTender, KEYRING } from '#tests/support/tenders.ts'
import type { Ground } from './ground.ts'
import { median } from './pairs.ts'

export type ExchangeFigure = { name: string; services: number; statements: number; p50: number; slowest: number }

const SERVICES = 5_000
const LOOKS = 12

/** What the check page of the national tables asks, among five thousand services with five steps each: at its first page, further on, and narrowed to one fault. */
export async function measureExchange({ url, ownerUrl }: Pick<Ground, 'url' | 'ownerUrl'>): Promise<ExchangeFigure[]> {
  const [app, owner] = [connect(url, 'app', { most: 4 }), connect(ownerUrl, 'owner', { most: 2 })]
  const as = (actor: Member): TestContext => ({ db: app, actor, clock: databaseClock as TestContext['clock'], keyring: KEYRING, traceId: '0'.repeat(32) })
  try {
    const stage = await aTender({ app, owner } as TestDatabase, as)
    await aCaseFor(owner, stage, await authority(owner))
    while ((await keepExchange({ db: app, clock: databaseClock }, 100)).events > 0);
    await manyServices(owner, { number: stage.number, count: SERVICES - 1 })
    const by = as(await operator(owner))
    const { next, faults } = await showExchange(by, {})
    const ways = [['the first page', {}], ['the page behind it', { before: Number(next) }], ['one fault', { show: 'faulty', fault: faults[0]!.fault }]] as const
    const figures: ExchangeFigure[] = []
    for (const [name, asked] of ways) {
      const statements = (await queriesOf(app, () => showExchange(by, asked))).length
      const times: number[] = []
      for (let look = 0; look < LOOKS; look++) {
        const began = performance.now()
        await showExchange(by, asked)
        times.push(performance.now() - began)
      }
      figures.push({ name, services: SERVICES, statements, p50: median(times), slowest: Math.max(...times) })
    }
    return figures
  } finally {
    await Promise.all([app.destroy(), owner.destroy()])
  }
}
