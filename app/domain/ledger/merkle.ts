import { sha256 } from './canonical.ts'

const HASH_BYTES = 32
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** RFC 9162, 2.1.1: the hash of one entry. */
export function leafHash(data: Uint8Array): Buffer {
  return sha256(LEAF, data)
}

/** RFC 9162, 2.1.1: the hash of two subtrees. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right)
}

/** Answers with the root of a complete subtree: level 0 are leaves, level n covers 2^n of them. */
export type NodeAt = (level: number, index: number) => Uint8Array
export type NodeName = { level: number; index: number }

/** The root of a whole tree of leaf hashes. An empty tree is SHA-256 of nothing. */
export function rootOf(leafHashes: readonly Uint8Array[]): Buffer {
  return rootFromNodes(leafHashes.length, nodesOf(leafHashes))
}

/** The complete subtrees of leaf hashes held in memory. */
export function nodesOf(leafHashes: readonly Uint8Array[]): NodeAt {
  const levels: Uint8Array[][] = [[...leafHashes]]
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    levels.push(Array.from({ length: Math.floor(below.length / 2) }, (_, index) => nodeHash(below[2 * index]!, below[2 * index + 1]!)))
  }
  return (level, index) => levels[level]![index]!
}

/** The complete subtrees that cover `[from, to)`, left to right, as RFC 9162 splits it: `from` is a multiple of the largest power of two below the width. */
export function coverOf(from: number, to: number): NodeName[] {
  const cover: NodeName[] = []
  for (let start = from; start < to; ) {
    let level = 0
    while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= to) level++
    cover.push({ level, index: start / 2 ** level })
    start += 2 ** level
  }
  return cover
}

/** The root of `[from, to)`, folded from the right as RFC 9162 nests it. */
function rangeRoot(from: number, to: number, nodeAt: NodeAt): Buffer {
  const hashes = coverOf(from, to).map(({ level, index }) => nodeAt(level, index))
  return Buffer.from(hashes.reduceRight((right, left) => nodeHash(left, right)))
}

/** RFC 9162, 2.1.1: the root of the first `size` leaves, from complete subtrees alone: it asks for those of `coverOf(0, size)` and no others. */
export function rootFromNodes(size: number, nodeAt: NodeAt): Buffer {
  return size === 0 ? sha256() : rangeRoot(0, size, nodeAt)
}

/** RFC 9162, 2.1.3.1: what one needs beside a leaf to reach the root. */
export function inclusionProof(index: number, size: number, nodeAt: NodeAt): Buffer[] {
  return inclusionRanges(index, size).map(([from, to]) => rangeRoot(from, to, nodeAt))
}

/** RFC 9162, 2.1.4.1: what shows that the tree of `size2` only added to the tree of `size1`. */
export function consistencyProof(size1: number, size2: number, nodeAt: NodeAt): Buffer[] {
  return consistencyRanges(size1, size2).map(([from, to]) => rangeRoot(from, to, nodeAt))
}

/** The subtrees an inclusion proof is made of, so that a reader of a database asks for them in one query. */
export function inclusionNodes(index: number, size: number): NodeName[] {
  return inclusionRanges(index, size).flatMap(([from, to]) => coverOf(from, to))
}

/** The same for a consistency proof. Throws a RangeError where `size1` is 0 or above `size2`; none are needed where both are one. */
export function consistencyNodes(size1: number, size2: number): NodeName[] {
  return consistencyRanges(size1, size2).flatMap(([from, to]) => coverOf(from, to))
}

type Range = [from: number, to: number]

function inclusionRanges(index: number, size: number): Range[] {
  if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`)
  const ranges: Range[] = []
  for (let from = 0, to = size; to - from > 1; ) {
    const split = from + largestPowerBelow(to - from)
    if (index < split) {
      ranges.unshift([split, to])
      to = split
    } else {
      ranges.unshift([from, split])
      from = split
    }
  }
  return ranges
}

function consistencyRanges(size1: number, size2: number): Range[] {
  if (!isSize(size1) || !isSize(size2) || size1 === 0 || size1 > size2) throw new RangeError(`A tree of ${size2} does not continue one of ${size1}.`)
  const ranges: Range[] = []
  let from = 0
  let to = size2
  let whole = true
  while (size1 !== to) {
    const split = from + largestPowerBelow(to - from)
    if (size1 <= split) {
      ranges.unshift([split, to])
      to = split
    } else {
      ranges.unshift([from, split])
      from = split
      whole = false
    }
  }
  return whole ? ranges : [[from, to], ...ranges]
}

/** The largest power of two that is smaller than `n`; 2 ** 32 and more are fine, unlike with shifts. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function isHash(hash: Uint8Array): boolean {
  return hash.length === HASH_BYTES
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

/**
 * RFC 9162, 2.1.3.2, with the checks its steps leave out: every hash has 32 bytes.
 * Without them a made-up "leaf" of another length passes (published negative vectors).
 * The product only makes such proofs; tests hold it to this, and this to the published vectors and the verifier's own way.
 */
export function verifyInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const step of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(step, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(hash, root)
}

/** RFC 9162, 2.1.4.2, and `size1 > 0` besides: every tree "continues" the empty one, which proves nothing. */
export function verifyConsistency(size1: number, size2: number, proof: readonly Uint8Array[], root1: Uint8Array, root2: Uint8Array): boolean {
  if (!isSize(size1) || !isSize(size2) || size1 === 0 || size1 > size2 || ![root1, root2, ...proof].every(isHash)) return false
  if (size1 === size2) return proof.length === 0 && same(root1, root2)
  const path = Number.isInteger(Math.log2(size1)) ? [root1, ...proof] : [...proof]
  const first = path.shift()
  if (!first) return false
  let node = size1 - 1
  let last = size2 - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  let hash1 = first
  let hash2 = first
  for (const step of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash1 = nodeHash(step, hash1)
      hash2 = nodeHash(step, hash2)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash2 = nodeHash(hash2, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(hash1, root1) && same(hash2, root2)
}
