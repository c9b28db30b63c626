import { randomUUID } from 'node:crypto'
import { buildBundle, type DrawBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, labelsOf, orderOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { drawFacts, drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { entryBody, entryLeafHash } from '#app/domain/ledger/entry.ts'
import { logOrigin, type Keyring } from '#app/domain/ledger/keyring.ts'
import { consistencyProof, inclusionProof, nodesOf, rootFromNodes, rootOf } from '#app/domain/ledger/merkle.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'
import { testKeyring } from './keyring.ts'

const TENDER = 'MD-220100-2026-000001'
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 2, minute))

/** A received bid; every third one is out. */
export function leafNo(number: number): PoolLeaf {
  const excluded = number % 3 === 2
  const label = `9122010000000000${String(number).padStart(2, '0')}`
  return {
    bid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    bidHash: sha256(`bid ${number}`).toString('hex'),
    label: excluded && number % 2 ? null : label,
    receivedAt: at(1 + (number % 20)).toISOString(),
    standing: excluded ? 'excluded' : 'eligible',
    reasons: excluded ? ['withdrawn'] : [],
  }
}

/** A whole draw with a ledger around it, made of the product's own nouns and nothing stored. */
export function drawnBundle({ bids = 7, keyring = testKeyring(), around = 5, moved = false }: { bids?: number; keyring?: Keyring; around?: number; moved?: boolean } = {}): DrawBundle {
  const log: string[] = []
  const enter = (kind: string, minute: number, facts: Record<string, Json>, payload?: Json) => {
    const id = randomUUID()
    const hash = payload === undefined ? {} : { payload: sha256(canonical(payload)).toString('hex') }
    const body = entryBody({ id, kind, subject: kind.startsWith('other') ? 'other' : TENDER, division: '220100', facts, at: at(minute).toISOString(), recordedAt: at(minute).toISOString(), ...hash })
    return { id, body, index: log.push(body) - 1 }
  }
  const others = (count: number) => { for (let n = 0; n < count; n++) enter('other', 0, { n }) }

  others(around)
  const terms = drawTerms(keyring, { tender: TENDER, closesAt: moved ? at(10) : at(30), drawsAfter: moved ? at(20) : at(45) })
  const dates = { closesAt: at(30), drawsAfter: at(45), extensions: [randomUUID()] }
  const publication = enter('tender.published', 0, { title: '绿园区学校扩建环境影响评价', draw: terms as unknown as Json })
  others(around)
  const frozen = freezeFacts(publication.id, Array.from({ length: bids }, (_, number) => leafNo(number)), moved ? dates : null)
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)
  const beacon = { source: 'local', at: dates.drawsAfter.toISOString(), value: rootOf(log.map(entryLeafHash)).toString('hex') } as const
  others(around)
  const secret = drawSecret(keyring, TENDER)
  const order = orderOf(drawKey({ beacon, poolRoot: frozen.root.toString('hex'), tender: TENDER, rules: terms.rules }, secret), 'pool', labelsOf(frozen.pool))
  const drawn = drawFacts({ freezeEntry: freeze.id, beacon, poolRoot: frozen.root, secret, order })
  const draw = enter('draw.drawn', 46, drawn.facts, drawn.payload)
  others(around)

  const nodeAt = nodesOf(log.map(entryLeafHash))
  const size = log.length
  const text = checkpointText({ origin: logOrigin(keyring), size, root: rootFromNodes(size, nodeAt) })
  const keys = keyring.keys.filter(({ purpose }) => purpose === 'checkpoint')
  const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const proven = ({ index }: { index: number }) => ({ index, leafHash: entryLeafHash(log[index]!).toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) })
  return {
    ...buildBundle({ tender: TENDER, terms, publication: publication.body, freeze: freeze.body, draw: draw.body, leaves: frozen.pool, beacon, secret, order }),
    ledger: {
      checkpoint: writeNote({ text, signatures: keys.map((key) => signNote(text, logOrigin(keyring), key)) }),
      keys: logVkeys(keyring),
      publication: proven(publication),
      freeze: proven(freeze),
      draw: proven(draw),
      beacon: hex(consistencyProof(freeze.index + 1, size, nodeAt)),
    },
  }
}
