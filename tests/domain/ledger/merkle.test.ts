import fc from 'fast-check'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Frontier } from '#app/domain/ledger/frontier.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof, leafHash, nodesOf, rootFromNodes, rootOf, verifyConsistency, verifyInclusion } from '#app/domain/ledger/merkle.ts'
import { toHex } from '../../../bin/verify/bytes.ts'
import { runThrough, treeRootCalmly } from '../../../bin/verify/findings.ts'
import { rootByInclusion, rootsByConsistency, treeRoot } from '../../../bin/verify/primitives.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Kat = { leaf_inputs_hex: string[]; root_hash_by_tree_size_hex: string[]; leaf_hashes_hex: string[] }
const kat = sharedData<Kat>('merkle-rfc6962/tree-kat.json')

test.skipIf(!kat)('leaf hashes and roots are those of the known trees, by each of the three ways to a root', () => {
  const leaves = kat!.leaf_inputs_hex.map((hex) => leafHash(Buffer.from(hex, 'hex')))
  expect(leaves.map((leaf) => leaf.toString('hex'))).toEqual(kat!.leaf_hashes_hex)
  kat!.root_hash_by_tree_size_hex.forEach((root, size) => {
    expect(rootOf(leaves.slice(0, size)).toString('hex')).toBe(root)
    expect(toHex(treeRoot(leaves.slice(0, size)))).toBe(root)
    expect(toHex(runThrough(treeRootCalmly(leaves.slice(0, size))))).toBe(root)
  })
})

type Vector = { leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null; desc: string; wantErr: boolean }
const vectors = sharedData('merkle-rfc6962/tree-kat.json') === null ? [] : filesOf('merkle-rfc6962/inclusion').map((file) => ({ file, vector: sharedData<Vector>(file)! }))

test.skipIf(vectors.length === 0)('all published inclusion proofs are taken or refused as they say, the four that the bare RFC steps take included', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(98)
  for (const { file, vector } of vectors) {
    const [leaf, root, proof] = [Buffer.from(vector.leafHash, 'base64'), Buffer.from(vector.root, 'base64'), (vector.proof ?? []).map((hash) => Buffer.from(hash, 'base64'))]
    expect(verifyInclusion(vector.leafIdx, vector.treeSize, leaf, proof, root), `${file}: ${vector.desc}`).toBe(!vector.wantErr)
  }
})

const aTree = (size: number) => Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`entry ${n}`)))
const sizes = fc.integer({ min: 1, max: 300 })

test('every leaf of every tree proves itself, to us and to the independent verifier, and with no other root', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat(255), (size, pick, bit) => {
      const leaves = aTree(size)
      const index = pick % size
      const root = rootOf(leaves)
      const proof = inclusionProof(index, size, nodesOf(leaves))
      expect(verifyInclusion(index, size, leaves[index]!, proof, root)).toBe(true)
      expect(rootByInclusion(index, size, leaves[index]!, proof)).toEqual(root)
      const other = Buffer.from(root)
      other[bit >> 3]! ^= 1 << (bit & 7)
      expect(verifyInclusion(index, size, leaves[index]!, proof, other)).toBe(false)
      if (size > 1) expect(verifyInclusion((index + 1) % size, size, leaves[index]!, proof, root)).toBe(false)
    }),
  )
})

test('every tree continues every smaller one, and not one of another past', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (size2, pick) => {
      const size1 = 1 + (pick % size2)
      const leaves = aTree(size2)
      const [root1, root2] = [rootOf(leaves.slice(0, size1)), rootOf(leaves)]
      const proof = consistencyProof(size1, size2, nodesOf(leaves))
      expect(verifyConsistency(size1, size2, proof, root1, root2)).toBe(true)
      expect(rootsByConsistency(size1, size2, root1, proof)).toEqual({ older: root1, newer: root2 })
      const forged = rootOf([leafHash(Buffer.from('another past')), ...leaves.slice(1, size1)])
      expect(verifyConsistency(size1, size2, proof, forged, root2)).toBe(false)
      for (let step = 0; step < proof.length; step++) expect(verifyConsistency(size1, size2, proof.toSpliced(step, 1), root1, root2)).toBe(false)
    }),
  )
})

test('the empty tree proves nothing: size1 must be above 0, and every hash must have 32 bytes', () => {
  const root = rootOf(aTree(3))
  expect(verifyConsistency(0, 3, [], rootOf([]), root)).toBe(false)
  expect(verifyConsistency(3, 3, [], root, root)).toBe(true)
  expect(verifyInclusion(0, 1, Buffer.alloc(0), [], rootOf(aTree(1)))).toBe(false)
  expect(() => consistencyProof(0, 3, nodesOf(aTree(3)))).toThrow(RangeError)
  expect(() => inclusionProof(3, 3, nodesOf(aTree(3)))).toThrow(RangeError)
})

test('a proof asks for no subtree that was not named beforehand', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (size, pick) => {
      const at = nodesOf(aTree(size))
      const named = (names: { level: number; index: number }[]) => {
        const known = new Set(names.map(({ level, index }) => `${level}/${index}`))
        return (level: number, index: number) => (expect(known.has(`${level}/${index}`)).toBe(true), at(level, index))
      }
      inclusionProof(pick % size, size, named(inclusionNodes(pick % size, size)))
      consistencyProof(1 + (pick % size), size, named(consistencyNodes(1 + (pick % size), size)))
    }),
  )
})

test('the second way to a root gives the first one’s at every size, and a frontier that went on leaves the older where it was', () => {
  const bodies = Array.from({ length: 70 }, (_, n) => `body ${n}`)
  const leaves = bodies.map((body) => leafHash(Buffer.from(body)))
  let frontier = new Frontier()
  for (let size = 0; size <= bodies.length; size++) {
    expect(frontier.root()).toEqual(rootFromNodes(size, nodesOf(leaves)))
    const next = new Frontier(frontier)
    next.push(bodies[size] ?? '')
    expect(frontier.size).toBe(size)
    frontier = next
  }
})

function filesOf(folder: string): string[] {
  const place = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
  return readdirSync(place + folder, { recursive: true })
    .map((name) => path.posix.join(folder, String(name)))
    .filter((file) => statSync(place + file).isFile())
}
