import { expect, test } from 'vitest'
import { receiptText } from '#app/domain/bids/receipt.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { platformHolder } from '#app/domain/ledger/sealing-key.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'
import { receiptEn } from '../../bin/verify/receipt-sentences.ts'

const TENDER = 'MD-220100-2026-000001'
const BID = '0b9f4a3e-3c1d-4b60-9f0a-2f6e6c1f0a11'
const keyring = newKeyring({ origin: 'test.mingdan.invalid' })
const keys = JSON.stringify(publishedKeys(keyring))

async function receiptOf(about: { tender?: string; bid?: string } = {}): Promise<string> {
  const body = await sealBid({ offer: { price: 1 } }, { tender: TENDER, rules: 'lowest-price/v1', bid: BID, uscc: '91220100MA0000000X', holders: [platformHolder(keyring, TENDER)], ...about })
  const ledger = { entry: '11111111-1111-4111-8111-111111111111', leafHash: '0'.repeat(64), index: null, checkpoint: null, promisedBy: '2026-11-20T01:01:00.000Z' }
  return receiptText(keyring, { tender: TENDER, bid: BID, bidHash: sha256(body), body, receivedAt: new Date('2026-11-20T01:00:00Z'), ledger })
}

test('the receipt of a sealed price proves itself offline: signed, and sealed for this tender and bid', async () => {
  const { passed, faults } = verifyAtOnce({ receipt: await receiptOf(), keys })
  expect(faults).toEqual([])
  expect(JSON.stringify(passed)).toContain(receiptEn.sealed)
  expect(JSON.stringify(passed)).toContain(receiptEn.signed)
})

test('one changed sign in the sealed text is found and the field named; a platform that signs what was sealed for elsewhere is found too', async () => {
  const receipt = await receiptOf()
  for (const [from, to] of [[/\\"body\\":\\"./, '\\"body\\":\\"_'], [/\\"commitment\\":\\"./, '\\"commitment\\":\\"g'], [/lowest-price/, 'lowest-pride']] as const) {
    const changed = receipt.replace(from, to)
    expect(changed).not.toBe(receipt)
    expect(verifyAtOnce({ receipt: changed, keys }).faults[0]).toMatchObject({ field: 'receipt/body' })
  }
  // Whatever stands in the place of parts, the check ends with a fault and not with a crash.
  for (const parts of ['[null]', '[{}]', '["x"]', '[{"header":{"holders":1}}]']) {
    const body = `{"format":"mingdan-sealed-bid/v1","parts":${parts}}`
    const ledger = { entry: '11111111-1111-4111-8111-111111111111', leafHash: '0'.repeat(64), index: null, checkpoint: null, promisedBy: '2026-11-20T01:01:00.000Z' }
    const signed = receiptText(keyring, { tender: TENDER, bid: BID, bidHash: sha256(body), body, receivedAt: new Date('2026-11-20T01:00:00Z'), ledger })
    expect(verifyAtOnce({ receipt: signed, keys }).faults).toEqual([{ field: 'receipt/body', wrong: receiptEn.sealedElsewhere }])
  }
  for (const about of [{ tender: 'MD-220100-2026-000002' }, { bid: '0b9f4a3e-3c1d-4b60-9f0a-2f6e6c1f0a12' }]) {
    expect(verifyAtOnce({ receipt: await receiptOf(about), keys }).faults).toEqual([{ field: 'receipt/body', wrong: receiptEn.sealedElsewhere }])
  }
})
