import fc from 'fast-check'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { Publication, Tender, TenderState } from '#app/domain/tenders/tender.ts'
import { clockAt, test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { contextsOf, offering, sequencerOf } from '#tests/support/tenders.ts'
import { lift } from './changes.ts'
import { AGENCIES, type Command, type Weighted } from './command.ts'
import { answer, answerOneObjection, attendNow, COMMON, sequenceNow, waitForNext } from './commands.ts'
import { factsMustAgree } from './facts.ts'
import { published, type Model, type Rules } from './model.ts'
import { instants, stateOf } from './steps.ts'
import { mustAgree, setTimes, type World } from './world.ts'

type Stage = { owner: Member; tender: Tender & { publication: Publication }; agencies: Member[] }

/** All that has to be said of a method to have its tenders walked. */
export type Method = {
  name: string
  rules: Rules
  /** A published tender with so many agencies that may offer for it. */
  publish: (database: TestDatabase, as: (member: Member) => TestContext) => Promise<Stage>
  /** What only this method has; its bids among it. */
  commands: readonly Weighted[]
  /** Bids with which two walks in three begin, so that they do not end at the close. */
  bids: readonly Command[]
  /** Walks that are walked each time, whatever chance adds, and states that all walks together have met then. */
  known?: readonly (readonly Command[])[]
  reaches?: readonly TenderState[]
  /** What somebody has to do next, beyond {@link COMMON}, so that the tender comes to its end. */
  asked?: (model: Model) => Command | undefined
}

const RUNS = 8
const MOST_STEPS = 45
const ENDS = ['awarded', 'failed', 'cancelled']

/** Agencies that offer the service of a tender. */
export async function offeringTo(database: TestDatabase, listing: { id: string; code: string }): Promise<Member[]> {
  const agencies: Member[] = []
  for (let count = 0; count < AGENCIES; count++) agencies.push(await offering(database.owner, listing))
  return agencies
}

/** Declares the test of one method: any walk does in the system what it does in the model, and every tender comes to an end. */
export function walkMethod({ name, rules, publish, commands, bids, known = [], reaches = [], asked = () => undefined }: Method): void {
  test(`any walk through a tender of the method ${name} does what the rules say and nothing else`, async ({ database, context }) => {
    await setTimes(database)
    const clock = clockAt()
    const as = (member: Member): TestContext => ({ ...contextsOf(context)(member), clock })
    const office = await regulator(database.owner)
    const sequence = sequencerOf(database)
    const seen = new Set<TenderState>()
    const begin = async () => {
      clock.set('2026-11-20T10:00')
      const { owner, tender, agencies } = await publish(database, as)
      const real: World = { database, clock, as, tender, number: tender.publication.number, owner, agencies, office, sequence, judges: [], seen }
      const model = published(rules, clock.now.getTime())
      await mustAgree(model, real, 'the publication')
      return { model, real }
    }
    const any = fc.commands([...COMMON, ...commands].flatMap(({ weight, arbitrary }) => Array<fc.Arbitrary<Command>>(weight).fill(arbitrary)), { maxCommands: MOST_STEPS, size: 'max' })
    const walk = async (steps: Iterable<Command>) => {
      const { model, real } = await begin()
      await fc.asyncModelRun(() => ({ model, real }), steps)
      await toTheEnd(model, real, asked)
      await factsMustAgree(model, real)
    }
    for (const steps of known) await walk([...bids, ...steps])
    await fc.assert(fc.asyncProperty(any, fc.nat({ max: 2 }), async (steps, empty) => walk([...(empty ? bids : []), ...steps])), { numRuns: RUNS })
    expect([...seen]).toEqual(expect.arrayContaining([...reaches]))
  })
}

/** Whatever happened before, a tender ends once everybody does what is asked of them; and then the clockwork leaves it alone. */
async function toTheEnd(model: Model, real: World, asked: NonNullable<Method['asked']>): Promise<void> {
  for (let turns = 0; !ENDS.includes(stateOf(model)); turns++) {
    expect(turns, `still ${stateOf(model)}`).toBeLessThan(30)
    if (model.held) await lift().run(model, real)
    while (model.questions.some(({ answers }) => answers === 0) && ['open', 'closing'].includes(stateOf(model))) await answer().run(model, real)
    while (model.objections.some(({ answered }) => !answered)) await answerOneObjection().run(model, real)
    for (let next = asked(model); next; next = asked(model)) await next.run(model, real)
    for (const step of [sequenceNow(), attendNow()]) await step.run(model, real)
    if (instants(model).length) await waitForNext(0).run(model, real)
  }
  expect(await attendTender(real.as(real.owner), real.tender)).toEqual({ steps: [] })
}
