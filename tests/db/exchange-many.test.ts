import { expect } from 'vitest'
import { showExchange, type ExchangeCheck } from '#app/domain/exchange/show-exchange.server.ts'
import { aCaseFor } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { tellExchange } from '#tests/support/exchange.ts'
import { authority, operator } from '#tests/support/factories.ts'
import { manyServices } from '#tests/support/many-services.ts'
import { queriesOf } from '#tests/support/queries.ts'
import { aTender, contextsOf } from '#tests/support/tenders.ts'

const [CHECKED, MORE] = [5_000, 30]

test('the check of five thousand services asks as much at every page, goes on by the last row’s number, and leads on to those before', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  await tellExchange(context())
  const by = context(await operator(database.owner))
  const look = async (asked: Parameters<typeof showExchange>[1] = {}) => {
    let check: ExchangeCheck
    const asks = (await queriesOf(by.db, async () => void (check = await showExchange(by, asked)))).length
    return { ...check!, asks }
  }
  const alone = await look()
  expect(alone.lines).toHaveLength(1)
  await manyServices(database.owner, { number: stage.number, count: CHECKED + MORE - 1 })

  const first = await look()
  expect([first.counts.valid, first.lines.length, first.checkedAtMost?.most]).toEqual([CHECKED, 20, CHECKED])
  // One more for each further thousand of services, whose steps are read together; no row has a query of its own.
  expect(first.asks - alone.asks).toBeLessThanOrEqual(CHECKED / 1000 + 1)
  const second = await look({ before: Number(first.next) })
  expect(second.asks).toBe(first.asks)
  const numbers = [...first.lines, ...second.lines].map(({ lsh }) => lsh)
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => other - one))
  expect(first.next).toBe(String(first.lines.at(-1)!.lsh))

  const before = await look({ below: first.checkedAtMost!.below })
  expect([before.counts.valid, before.lines.length, before.checkedAtMost]).toEqual([MORE, 20, null])
  const last = await look({ below: first.checkedAtMost!.below, before: Number(before.next) })
  expect([last.lines.length, last.next, last.lines.at(-1)!.number]).toEqual([MORE - 20, null, stage.number])
  const faulty = await look({ show: 'faulty', fault: first.faults[0]!.fault })
  expect([faulty.lines.length, faulty.asks]).toEqual([20, first.asks])
})
