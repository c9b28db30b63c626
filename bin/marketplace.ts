import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { Day } from '#app/domain/calendar.ts'
import { openMarketplace } from '#app/domain/divisions/open-marketplace.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { closeServices, theServices } from '#app/http/services.server.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'

const USAGE = `Usage: npm run marketplace -- open --division <six digits> [--on <YYYY-MM-DD>] [--demo]

Opens the marketplace of a province, a city or a county; it stands in the ledger. It opens today unless a day is named.
With --demo its pages say that everything in it is invented.`

const { values, positionals } = parseArgs({ allowPositionals: true, options: { division: { type: 'string' }, on: { type: 'string' }, demo: { type: 'boolean', default: false } } })
const { division, on, demo } = values

if (positionals.join() !== 'open' || !division || !Day.optional().safeParse(on).success) {
  console.error(USAGE)
  process.exit(2)
}
const { db, clock, keyring } = theServices()
try {
  const context = { db, clock, keyring, actor: SYSTEM, traceId: randomUUID().replaceAll('-', '') }
  const { divisionName, openedOn, ledger } = await openMarketplace(context, { divisionCode: division, on, demo })
  console.log(`The marketplace of ${divisionName} is open from ${openedOn}; ledger entry ${ledger.entry}.`)
} catch (error) {
  if (!isRefusal(error)) throw error
  console.error(sentenceOf(wordsOf('en'), error.code, error.params))
  process.exitCode = 1
} finally {
  await closeServices()
}
