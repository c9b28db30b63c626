import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { inOrder, type Findings } from './findings.ts'
import { jcs, sha256 } from './primitives.ts'
import type { Bundle } from './shape.ts'

const Receipt = z.looseObject({
  tender: z.string(),
  bid: z.string(),
  bidHash: z.string(),
  body: z.string(),
  receivedAt: z.string(),
  signature: z.object({ alg: z.literal('Ed25519'), keyId: z.string(), value: z.string() }),
})
const Keys = z.object({ keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })) })

/** Is the bid behind this receipt in the pool, as it was received? `keysText` is what /.well-known/mingdan-keys.json said. */
export function checkReceipt(bundle: Bundle, text: string, keysText: string | undefined, findings: Findings): void {
  const check = inOrder(findings)
  const json = /-----BEGIN MINGDAN RECEIPT-----(.*)-----END MINGDAN RECEIPT-----/s.exec(text)?.[1] ?? text
  const parsed = Receipt.safeParse(parseJson(json))
  if (!parsed.success) {
    findings.faults.push({ field: 'receipt', wrong: 'This file is no receipt.' })
    return
  }
  const receipt = parsed.data
  check('Your receipt is of this tender, and its hash is that of your bid.', (must) => {
    must(receipt.tender === bundle.tender, 'receipt/tender', `It is of ${receipt.tender}.`)
    must(sha256(receipt.body).toString('hex') === receipt.bidHash, 'receipt/bidHash', 'The bid in the receipt does not hash to it.')
  })
  check('Your bid is in the pool as it was received.', (must) => {
    const leaf = bundle.leaves.find(({ bidHash }) => bidHash === receipt.bidHash)
    must(leaf !== undefined, '/leaves', 'Your bid is not in the pool. Show your receipt to the regulator.')
    must(!leaf || (leaf.bid === receipt.bid && leaf.receivedAt === receipt.receivedAt), '/leaves', 'Your bid is in the pool with another number or time than your receipt says.')
  })
  if (keysText === undefined) return
  check('The platform signed your receipt.', (must) => {
    const published = Keys.safeParse(parseJson(keysText)).data?.keys.find(({ keyId }) => keyId === receipt.signature.keyId)
    must(published !== undefined, 'receipt/signature/keyId', 'The keys you gave hold no key of this name.')
    if (published) must(isSigned(receipt, published.publicKey), 'receipt/signature', 'The signature is false.')
  })
}

function isSigned({ signature, ...rest }: z.output<typeof Receipt>, publicKey: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' })
  const { ledger: _ledger, ...signed } = rest
  return verify(null, Buffer.from(`mingdan/receipt/v1\n${jcs(signed)}`), key, Buffer.from(signature.value, 'base64'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
