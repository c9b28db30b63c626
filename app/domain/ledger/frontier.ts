import { leafHash, nodeHash } from './merkle.ts'
import { sha256 } from './canonical.ts'

/**
 * The tree's right edge, grown one entry at a time. It is the second way to a root: it keeps a stack of complete
 * subtrees by size and reads the entries themselves, where the first way reads stored hashes by level and index.
 */
export class Frontier {
  size: number
  readonly #subtrees: { width: number; hash: Buffer }[]

  /** @param from a frontier to go on from, which itself stays where it is */
  constructor(from?: Frontier) {
    this.size = from?.size ?? 0
    this.#subtrees = from ? [...from.#subtrees] : []
  }

  push(body: string): void {
    this.#subtrees.push({ width: 1, hash: leafHash(Buffer.from(body)) })
    this.size++
    for (let right = this.#subtrees.at(-1)!, left = this.#subtrees.at(-2); left?.width === right.width; left = this.#subtrees.at(-2)) {
      this.#subtrees.splice(-2, 2, (right = { width: left.width * 2, hash: nodeHash(left.hash, right.hash) }))
    }
  }

  root(): Buffer {
    const [last, ...before] = this.#subtrees.map(({ hash }) => hash).reverse()
    return last ? before.reduce((right, left) => nodeHash(left, right), last) : sha256()
  }
}
