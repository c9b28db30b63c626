import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkReceipt } from './verify/receipt-checks.ts'
import { verifyBundle } from './verify/verify.ts'
import type { Bundle } from './verify/shape.ts'

const USAGE = `Usage: npm run verify -- bundle.json [options]

  bundle.json          the file from a tender's page, or - for standard input
  --key <vkey>         a verifier key of the log that you kept; may be given several times
  --checkpoint <file>  a checkpoint that you kept; it must not contradict the bundle's
  --receipt <file>     your receipt: is your bid in the pool, as it was received?
  --keys <file>        what /.well-known/mingdan-keys.json said: did the platform sign the receipt?
  --bid <hash>         a bid's hash alone: is it in the pool?

Exit code 0: everything holds. 1: something is wrong, and its field is named. 2: there was nothing to check.`

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string', multiple: true }, checkpoint: { type: 'string' }, bid: { type: 'string' }, receipt: { type: 'string' }, keys: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const [file] = positionals
  if (values.help || !file) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  const kept = { keys: values.key ?? [], ...(values.checkpoint && { checkpoint: readFileSync(values.checkpoint, 'utf8') }) }
  const findings = verifyBundle(text, kept)
  const { passed, faults } = findings
  if (values.receipt && faults.length === 0) {
    checkReceipt(JSON.parse(text) as Bundle, readFileSync(values.receipt, 'utf8'), values.keys && readFileSync(values.keys, 'utf8'), findings)
  }
  for (const sentence of passed) console.log(`✓ ${sentence}`)
  for (const { field, wrong } of faults) console.log(`✗ ${field || '(the whole file)'}: ${wrong}`)
  if (faults.length) {
    console.log(`\nREFUSED. The first field that is wrong: ${faults[0]!.field || '(the whole file)'}`)
    return 1
  }
  const bundle = JSON.parse(text) as Bundle
  if (values.bid && !sayBid(bundle, values.bid)) return 1
  console.log(`\n${values.key ? 'Everything holds.' : 'Everything holds together, under keys that the file itself brought.'} Tender ${bundle.tender}, draw no. ${bundle.drawNumber}: ${bundle.winner === null ? 'nobody was eligible' : `${bundle.winner} comes first of ${bundle.order.length}`}.`)
  if (!values.key) console.log(`Anybody can make a log of their own. Compare these keys with those you kept, or give yours with --key:\n${bundle.ledger!.keys.map((key) => `  ${key}`).join('\n')}`)
  return 0
}

function sayBid(bundle: Bundle, hash: string): boolean {
  const place = bundle.leaves.findIndex(({ bidHash }) => bidHash === hash.toLowerCase())
  if (place < 0) {
    console.log(`✗ /leaves: your bid ${hash} is not in the pool. Show your receipt to the regulator.`)
    return false
  }
  const { standing, reasons } = bundle.leaves[place]!
  console.log(`✓ Your bid is leaf ${place}: ${standing}${reasons.length ? ` (${reasons.join(', ')})` : ''}.`)
  return true
}

try {
  process.exitCode = main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
