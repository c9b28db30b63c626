import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { receiptText } from '#app/domain/bids/receipt.ts'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { NAMED, namedBundle, type NameForgery } from '#tests/support/named.ts'
import { minute } from '#tests/support/story-log.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

type Named = ReturnType<typeof namedBundle>
const OTHER = '91220100MA0000002X'
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)
const forged = (forgery: NameForgery, given: { moved?: boolean; declined?: boolean } = {}) => fieldsOf(namedBundle({ ...given, forged: forgery }))

test.each([{}, { moved: true }, { declined: true }, { moved: true, declined: true }])('a direct selection verifies, and each check says in words what it found: %j', (given) => {
  const bundle = namedBundle(given)
  const text = JSON.stringify(bundle)
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  const sentences = passed.map(({ sentence }) => sentence)
  expect(sentences).toContain('The acceptance is the one whose hash is in the log, and names this tender and the agency that publication named.')
  expect(sentences.at(-1)).toMatch('declined' in given ? /that agency declined it: nobody has won/ : /^The award went to the agency that publication named/)
  expect(sentences.some((sentence) => sentence.startsWith('The entries that moved the deadline'))).toBe('moved' in given)
  const chinese = verifyAtOnce({ bundle: text }, { keys: [] }, zh)
  expect([chinese.faults, chinese.passed.at(-1)!.sentence]).toEqual([[], expect.stringContaining('中选的就是公告指名的机构')])
  expect([bundle.winner, 'leaves' in bundle, 'beacon' in bundle]).toEqual(['declined' in given ? null : NAMED, false, false])
})

test('one flipped bit in any value of a direct selection is refused, and the field that is named holds it', () => {
  const bundle = namedBundle({ moved: true, declined: true })
  // An empty text has no bit to turn over.
  expectFlipsNamed(bundle, faultsOf, { least: 180, among: (way) => way.at(-1) !== 'contribution' })
  expect(fieldsOf({ ...bundle, steps: { ...bundle.steps, body: { ...bundle.steps.body, contribution: '1' } } })).toEqual(['/steps/body'])
})

test('every member that is missing, and every one that belongs to a draw, is refused', () => {
  const bundle = namedBundle({ declined: true })
  const { steps, ledger } = bundle
  const without = <T extends object>(whole: T, name: keyof T) => Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name))
  for (const name of ['publication', 'steps', 'winner', 'ledger'] as const) expect(fieldsOf(without(bundle, name)), name).toContain(`/${name}`)
  for (const name of ['acceptance', 'body', 'closing', 'award'] as const) expect(fieldsOf({ ...bundle, steps: without(steps, name) }), name).toContain(`/steps/${name}`)
  for (const name of ['acceptance', 'closing', 'award', 'declined'] as const) expect(fieldsOf({ ...bundle, ledger: { ...ledger, steps: without(ledger!.steps, name) } }), name).toContain(`/ledger/steps/${name}`)
  expect(fieldsOf({ ...bundle, steps: without(steps, 'declined') })).toContain('/ledger/steps/declined')
  expect(fieldsOf({ ...bundle, ledger: null })).toContain('/ledger')
  for (const name of ['drawNumber', 'first', 'freeze', 'leaves', 'leafHashes', 'beacon', 'commitment', 'secret', 'purpose', 'witnesses']) expect(fieldsOf({ ...bundle, [name]: null }), name).toEqual([`/${name}`])
  expect(fieldsOf({ ...bundle, steps: { ...steps, order: [] } })).toEqual(['/steps/order'])
})

test('entries that were swapped, and proofs that were, are refused where they stand', () => {
  const bundle = namedBundle({ moved: true, declined: true })
  const { steps, ledger } = bundle
  const swapped = (one: 'acceptance' | 'closing' | 'award', other: 'closing' | 'award' | 'declined') => fieldsOf({ ...bundle, steps: { ...steps, [one]: steps[other], [other]: steps[one] } })
  expect(swapped('closing', 'award')).toContain('/steps/closing/kind')
  expect(swapped('acceptance', 'closing')).toContain('/steps/acceptance/kind')
  expect(swapped('award', 'declined')).toContain('/steps/award/kind')
  expect(fieldsOf({ ...bundle, ledger: { ...ledger, steps: { ...ledger!.steps, closing: ledger!.steps.award, award: ledger!.steps.closing } } })[0]).toMatch(/^\/(ledger\/)?steps\/closing/)
  const [correction, first, second] = bundle.moves!
  const [one, two, three] = ledger!.moves!
  expect(fieldsOf({ ...bundle, moves: [second, correction, first], ledger: { ...ledger, moves: [three, one, two] } })).toContain('/ledger/moves/1/index')
  expect(fieldsOf({ ...bundle, moves: [correction, first] })[0]).toBe('/ledger/moves')
  expect(fieldsOf({ ...bundle, moves: [correction, first], ledger: { ...ledger, moves: [one, two] } })).toContain('/steps/closing/facts/closesAt')
})

test('a platform that awards another agency, or gives another reason, is refused, however well it signs', () => {
  expect(forged({ facts: { award: { winner: OTHER } } })).toEqual(['/steps/award/facts/winner'])
  expect(forged({ facts: { award: { winner: OTHER } }, winner: OTHER })).toEqual(['/steps/award/facts/winner', '/winner'])
  expect(forged({ facts: { award: { reason: '别的理由，写得也够长。' } } })).toEqual(['/steps/award/facts/reason'])
  expect(forged({ winner: OTHER })).toEqual(['/winner'])
  expect(forged({ winner: NAMED }, { declined: true })).toEqual(['/winner'])
  expect(forged({ facts: { declined: { agency: OTHER } } }, { declined: true })).toEqual(['/steps/declined/facts/agency'])
  expect(forged({ at: { declined: 90 } }, { declined: true })).toEqual(['/steps/declined/at'])
  expect(forged({ at: { declined: 89 } }, { declined: true })).toEqual([])
  expect(forged({ facts: { publication: { procedure: { method: 'random', minimumBidders: 1 } } } })).toContain('/method')
})

test('an acceptance of another agency, of another tender or bid, or of another text is refused', () => {
  expect(forged({ body: { agency: { uscc: OTHER, name: '别家' } } })).toEqual(['/steps/body/agency/uscc'])
  expect(forged({ body: { tender: 'MD-220100-2026-000002' } })).toEqual(['/steps/body/tender'])
  expect(forged({ body: { bid: '00000000-0000-4000-8000-000000000002' } })).toEqual(['/steps/body/bid'])
  expect(forged({ subject: '00000000-0000-4000-8000-000000000002' })).toEqual(['/steps/body/bid'])
  expect(forged({ facts: { acceptance: { bid: '0'.repeat(64) } } })).toEqual(['/steps/body'])
})

test('what came at the deadline in force or after it is no acceptance, and what was closed before it was not over', () => {
  expect(forged({ at: { acceptance: 30 } })).toEqual(['/steps/acceptance/at'])
  expect(forged({ at: { acceptance: 29 } })).toEqual([])
  // It stands in the log before its owner moved the deadline, and so the earlier one was in force.
  expect(forged({ at: { acceptance: 36 } }, { moved: true })).toContain('/steps/acceptance/at')
  expect(forged({ at: { closing: 29 }, facts: { closing: { closesAt: minute(30).toISOString() } } })).toEqual(['/steps/closing/at'])
  expect(forged({ at: { publication: 30, acceptance: 30 } })).toContain('/publication/facts/closesAt')
  expect(forged({ at: { award: 29 } })).toEqual(['/steps/award/at'])
})

test('a log that took the closing or the award before the acceptance is refused', () => {
  expect(forged({ first: 'closing' })).toContain('/ledger/steps/closing/index')
  expect(forged({ first: 'award' })).toContain('/ledger/steps/award/index')
})

test('what the closing says must agree, and a deadline moves by entries alone', () => {
  expect(forged({ facts: { closing: { closesAt: minute(31).toISOString() } }, at: { closing: 31, award: 31 } })).toEqual(['/steps/closing/facts/closesAt'])
  expect(forged({ facts: { closing: { eligible: 2, received: 2 } } })).toEqual(['/steps/closing/facts/eligible'])
  expect(forged({ facts: { closing: { minimumBidders: 2 } } })).toEqual(['/steps/closing/facts/minimumBidders'])
  expect(forged({ extension: { publication: '00000000-0000-4000-8000-00000000000f' } }, { moved: true })[0]).toBe('/moves/1/facts/extension/publication')
  expect(forged({ extension: { drawsAfter: minute(50).toISOString() } }, { moved: true })[0]).toBe('/moves/1/facts/extension/drawsAfter')
  expect(forged({ extension: { cause: 'owner' } }, { moved: true })[0]).toBe('/moves/1/facts/extension/cause')
})

const keyring = testKeyring()

/** The receipt that the named agency got. */
function receiptOf({ tender, steps: { acceptance, body }, ledger }: Named, changed: Partial<Parameters<typeof receiptText>[1]> = {}): string {
  const text = canonical(body)
  return receiptText(keyring, { tender, bid: body.bid, bidHash: sha256(text), body: text, receivedAt: new Date(acceptance.at), ledger: { entry: acceptance.id, leafHash: ledger!.steps.acceptance.leafHash, promisedBy: minute(60).toISOString(), index: null, checkpoint: null }, ...changed })
}

test('a receipt is held against the acceptance, and the proof of an award against the award', () => {
  const bundle = namedBundle()
  const beside = (given: { receipt?: string; award?: string }) => verifyAtOnce({ bundle: JSON.stringify(bundle), keys: JSON.stringify(publishedKeys(keyring)), ...given })
  const { faults, passed } = beside({ receipt: receiptOf(bundle) })
  expect([faults, passed.at(-1)!.sentence]).toEqual([[], 'Your receipt is of the acceptance that counted, as it was received.'])
  const first = (changed: Parameters<typeof receiptOf>[1]) => beside({ receipt: receiptOf(bundle, changed) }).faults[0]!.field
  expect(first({ body: '{}', bidHash: sha256('{}') })).toBe('/steps/acceptance')
  expect(first({ receivedAt: minute(11) })).toBe('receipt/receivedAt')
  expect(first({ tender: 'MD-220100-2026-000002' })).toBe('receipt/tender')
  expect(first({ bid: '00000000-0000-4000-8000-000000000002' })).toBe('receipt/bid')
  expect(first({ ledger: { entry: '00000000-0000-4000-8000-000000000002', leafHash: bundle.ledger!.steps.acceptance.leafHash, promisedBy: minute(60).toISOString(), index: null, checkpoint: null } })).toBe('receipt/entry')

  const proofOf = ({ steps, ledger }: Named, change: object = {}) => JSON.stringify({ format: 'mingdan-proof/v1', suite: 'intl-1', entry: steps.award, ledger: { ...ledger!.steps.award, checkpoint: ledger!.checkpoint, keys: ledger!.keys }, ...change })
  expect(beside({ award: proofOf(bundle) }).faults).toEqual([])
  expect(beside({ award: proofOf(bundle) }).passed.at(-1)!.sentence).toBe('The proof of the award is of the same entry as the award in the bundle.')
  expect(beside({ award: proofOf(namedBundle({ forged: { facts: { award: { winner: OTHER } } } })) }).faults.map(({ field }) => field)).toEqual(['award/entry'])
})

const command = (args: readonly string[], bundle: object) => {
  const { status, stdout } = spawnSync(process.execPath, ['bin/verify.ts', '-', ...args], { input: JSON.stringify(bundle), encoding: 'utf8' })
  return { code: status, output: stdout }
}

test('the command says who was named and accepted, holds a bid’s hash against it, and refuses with the field', () => {
  const bundle = namedBundle()
  const said = command(['--bid', bundle.steps.acceptance.facts.bid as string], bundle)
  expect(said).toMatchObject({ code: 0, output: expect.stringContaining(`Tender ${bundle.tender}, direct: ${NAMED} was named and accepted.`) })
  expect(said.output).toContain('Your bid is the acceptance that counted')
  expect(command(['--bid', '0'.repeat(64)], bundle)).toMatchObject({ code: 1, output: expect.stringContaining('/steps/acceptance') })
  expect(command([], namedBundle({ declined: true }))).toMatchObject({ code: 0, output: expect.stringContaining(`${NAMED} was named, accepted and declined`) })
  expect(command([], { ...bundle, winner: OTHER })).toMatchObject({ code: 1, output: expect.stringContaining('The first field that is wrong: /winner') })
})
