import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { admitOffice, type OfficeRole } from '#app/domain/accounts/admit-office.server.ts'
import { normaliseSignInName } from '#app/domain/accounts/credentials.ts'
import { normaliseUscc } from '#app/domain/accounts/uscc.ts'
import { asOperator } from './as-operator.ts'

const USAGE = `Usage: npm run office -- --role authority|regulator|operator --uscc <code> --name <name> --division <six digits> --person <name> --sign-in <name>

Gives an office its place in the marketplace, with the person who manages it there; it stands in the ledger.
The password is read from standard input, so that no list of processes shows it.`

const { values } = parseArgs({ options: { role: { type: 'string' }, uscc: { type: 'string' }, name: { type: 'string' }, division: { type: 'string' }, person: { type: 'string' }, 'sign-in': { type: 'string' } } })
const { role, uscc, name, division, person, 'sign-in': signIn } = values

if (!role || !['authority', 'regulator', 'operator'].includes(role) || !uscc || !name || !division || !person || !signIn) {
  console.error(USAGE)
  process.exit(2)
}
const reader = createInterface({ input: process.stdin, output: process.stderr })
const password = (await reader.question('Password: ')).normalize('NFC').trim()
reader.close()
await asOperator(async (context) => {
  const manager = { displayName: person, signInName: normaliseSignInName(signIn), password }
  const { ledger } = await admitOffice(context, { role: role as OfficeRole, uscc: normaliseUscc(uscc), name, divisionCode: division, manager })
  return `${name} is admitted as ${role}; ledger entry ${ledger.entry}.`
})
