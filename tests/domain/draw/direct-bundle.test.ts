import { expect, test } from 'vitest'
import { buildDirect } from '#app/domain/draw/direct-bundle.ts'
import { canonical, type Json } from '#app/domain/ledger/canonical.ts'
import { namedBundle } from '#tests/support/named.ts'

test('a publication that fixed no deadline proves none, and has no bundle', () => {
  const { publication, steps: { acceptance, body, closing, award } } = namedBundle()
  const facts = { acceptance: canonical(acceptance as Json), body: canonical(body), closing: canonical(closing as Json), award: canonical(award as Json), declined: null, moves: [] }
  expect(buildDirect({ ...facts, publication: canonical(publication as Json) })?.winner).toBe(publication.facts.named)
  const { closesAt: _closesAt, ...before } = publication.facts
  expect(buildDirect({ ...facts, publication: canonical({ ...publication, facts: before } as Json) })).toBeUndefined()
})
