import { parseArgs } from 'node:util'
import { Day } from '#app/domain/calendar.ts'
import { openMarketplace } from '#app/domain/divisions/open-marketplace.server.ts'
import { asOperator } from './as-operator.ts'

const USAGE = `Usage: npm run marketplace -- open --division <six digits> [--on <YYYY-MM-DD>] [--demo]

Opens the marketplace of a province, a city or a county; it stands in the ledger. It opens today unless a day is named.
With --demo its pages say that everything in it is invented.`

const { values, positionals } = parseArgs({ allowPositionals: true, options: { division: { type: 'string' }, on: { type: 'string' }, demo: { type: 'boolean', default: false } } })
const { division, on, demo } = values

if (positionals.join() !== 'open' || !division || !Day.optional().safeParse(on).success) {
  console.error(USAGE)
  process.exit(2)
}
await asOperator(async (context) => {
  const { divisionName, openedOn, ledger } = await openMarketplace(context, { divisionCode: division, on, demo })
  return `The marketplace of ${divisionName} is open from ${openedOn}; ledger entry ${ledger.entry}.`
})
