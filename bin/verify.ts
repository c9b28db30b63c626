import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { verifyAtOnce } from './verify/at-once.ts'
import { isDecided, type AnyBundle } from './verify/bundle.ts'
import { en } from './verify/sentences.ts'
import { zh } from './verify/sentences-zh.ts'
import { kindOf, type Given, type Verified } from './verify/verify.ts'

const USAGE = `Usage: npm run verify -- bundle.json [options]

  bundle.json          the file from a tender's page, a receipt, an entry's proof, or several; - for standard input
  --key <key>          a verifier key of the log that you kept, or its fingerprint; may be given several times
  --checkpoint <file>  a checkpoint that you kept; it must not contradict the bundle's
  --receipt <file>     your receipt: is your bid in the pool, as it was received?
  --keys <file>        what /.well-known/mingdan-keys.json said: did the platform sign the receipt?
  --bid <hash>         a bid's hash alone: is it in the pool?
  --language <zh|en>   the language of the checks

Exit code 0: everything holds. 1: something is wrong, and its field is named. 2: there was nothing to check.`

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true }, checkpoint: { type: 'string' }, bid: { type: 'string' }, receipt: { type: 'string' },
      keys: { type: 'string' }, language: { type: 'string', default: 'en' }, help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  const given: Given = {}
  for (const file of [...positionals, values.receipt, values.keys]) {
    if (file === undefined) continue
    const text = readFileSync(file === '-' ? 0 : file, 'utf8')
    given[file === values.receipt ? 'receipt' : file === values.keys ? 'keys' : kindOf(text)] = text
  }
  const kept = { keys: values.key ?? [], ...(values.checkpoint && { checkpoint: readFileSync(values.checkpoint, 'utf8') }) }
  const verified = verifyAtOnce(given, kept, values.language === 'zh' ? zh : en)
  for (const { sentence, value } of verified.passed) console.log(`✓ ${sentence}${value ? `\n    ${value.replaceAll('\n', '\n    ')}` : ''}`)
  for (const { field, wrong } of verified.faults) console.log(`✗ ${field || '(the whole file)'}: ${wrong}`)
  if (verified.faults.length) {
    console.log(`\nREFUSED. The first field that is wrong: ${verified.faults[0]!.field || '(the whole file)'}`)
    return 1
  }
  if (values.bid && !(verified.bundle && sayBid(verified.bundle, values.bid))) return 1
  sayWhole(verified, kept.keys.length > 0)
  return 0
}

function sayWhole({ bundle, award, proof, receipt }: Verified, isKeyKept: boolean): void {
  const course = bundle && (bundle.method === 'random' ? `draw no. ${bundle.drawNumber}` : bundle.method)
  const drawn = bundle ? ` Tender ${bundle.tender}, ${course}: ${bundle.method === 'direct' ? (bundle.winner === null ? `${bundle.publication.facts.named} was named, accepted and declined, and it failed` : `${bundle.winner} was named and accepted`) : !isDecided(bundle) ? 'too few prices were valid, and it failed' : bundle.method === 'credit-shortlist' ? (bundle.winner === null ? `the small list is drawn from ${bundle.steps.order.length}, and nobody is picked yet` : `${bundle.winner} was picked from the small list`) : bundle.winner === null ? 'nobody was eligible' : `${bundle.winner} comes first of ${bundle.steps.order.length}`}.` : ''
  const keys = (bundle ?? award ?? proof)?.ledger?.keys
  console.log(`\n${isKeyKept || !keys ? 'Everything holds.' : 'Everything holds together, under keys that the file itself brought.'}${drawn}`)
  if (keys && !isKeyKept) console.log(`Anybody can make a log of their own. Compare these keys with those you kept, or give yours with --key:\n${keys.map((key) => `  ${key}`).join('\n')}`)
  if (receipt && !bundle && !proof) console.log("The receipt was looked at by itself. Give the bundle too, or the entry's proof, to see that the bid was taken in.")
}

function sayBid(bundle: AnyBundle, hash: string): boolean {
  if (bundle.method === 'direct') {
    const isIts = bundle.steps.acceptance.facts.bid === hash.toLowerCase()
    console.log(isIts ? '✓ Your bid is the acceptance that counted.' : `✗ /steps/acceptance: your bid ${hash} is not the acceptance that counted. If you did not send a later one, show your receipt to the regulator.`)
    return isIts
  }
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
