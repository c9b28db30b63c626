import { SUITE } from '../ledger/canonical.ts'
import type { LedgerReference } from '../ledger/entry.ts'
import { signObject, type Keyring, type Signed } from '../ledger/keyring.ts'

/** What the platform promises to have received. `body` is the bid byte for byte, so that its hash can be made again. */
export type Receipt = {
  format: 'mingdan-receipt/v1'
  suite: string
  tender: string
  bid: string
  bidHash: string
  body: string
  receivedAt: string
  entry: string
  leafHash: string
  /** By when the ledger will hold the entry under a checkpoint. */
  promisedBy: string
}

const BEGIN = '-----BEGIN MINGDAN RECEIPT-----'
const END = '-----END MINGDAN RECEIPT-----'

type Received = { tender: string; bid: string; bidHash: Buffer; body: string; receivedAt: Date; ledger: LedgerReference; what?: 'bid' | 'quote' }

/**
 * Signs that a bid arrived. The bid counts from here on, whatever happens afterwards.
 *
 * @returns one text file: a few lines for people, and the signed object for machines
 */
export function receiptText(keyring: Keyring, { tender, bid, bidHash, body, receivedAt, ledger, what = 'bid' }: Received): string {
  const receipt: Signed<Receipt> = signObject(keyring, 'decision', 'receipt', {
    format: 'mingdan-receipt/v1',
    suite: SUITE,
    tender,
    bid,
    bidHash: bidHash.toString('hex'),
    body,
    receivedAt: receivedAt.toISOString(),
    entry: ledger.entry,
    leafHash: ledger.leafHash,
    promisedBy: ledger.promisedBy,
  })
  return [
    what === 'quote' ? '明单 竞价报价回执 · Mingdan receipt of an auction quote' : '明单 报名回执 · Mingdan bid receipt',
    `公告编号 tender      ${tender}`,
    `报名编号 bid         ${bid}`,
    `收到时间 received    ${receipt.receivedAt}`,
    `入账期限 promised by ${receipt.promisedBy}`,
    '',
    '报名哈希等于 body 的 SHA-256；签名为 Ed25519，公钥见 /.well-known/mingdan-keys.json。',
    'bidHash is the SHA-256 of body; the signature is Ed25519, the public keys are at /.well-known/mingdan-keys.json.',
    '',
    BEGIN,
    JSON.stringify(receipt, null, 2),
    END,
    '',
  ].join('\n')
}

/** The ledger's entry that a receipt of ours names. */
export function entryOf(text: string): string {
  return (JSON.parse(text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END))) as Receipt).entry
}
