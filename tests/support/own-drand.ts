import { bls12_381 } from '@noble/curves/bls12-381.js'
import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { QUICKNET } from '#app/domain/draw/drand.ts'

/*
 * A drand of one's own: quicknet's rounds of the test's time are signed with a key that the test holds, since nobody has the
 * future. Tests that use it put this key in the place of the pinned one; quicknet's own rounds are checked against drand's vectors.
 */
const bls = bls12_381.shortSignatures
const SECRET = new Uint8Array(32).fill(7)
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

export const OWN_KEY = Buffer.from(bls.getPublicKey(SECRET).toBytes()).toString('hex')
const { x, y } = bls.getPublicKey(SECRET).toAffine()
/** The same by its coordinates, as the verifier writes a key. */
export const OWN_POINT = { x: [x.c0.toString(16), x.c1.toString(16)], y: [y.c0.toString(16), y.c1.toString(16)] }

/** What an honest mirror answers for a round. */
export function ownRound(round: number): { round: number; randomness: string; signature: string } {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(round))
  const signature = Buffer.from(bls.sign(bls.hash(createHash('sha256').update(number).digest(), DST), SECRET).toBytes())
  return { round, randomness: createHash('sha256').update(signature).digest('hex'), signature: signature.toString('hex') }
}

/** A mirror on the loopback: `answer` says what it brings for a round; null leaves the question hanging. */
export async function aMirror(answer: (round: number) => { status?: number; body: string } | null): Promise<{ address: string; asked: number[]; close: () => Promise<void> }> {
  const asked: number[] = []
  const server = http.createServer((request, response) => {
    const [, round] = new RegExp(`^/${QUICKNET.chain}/public/(\\d+)$`).exec(request.url!) ?? []
    if (!round) return void response.writeHead(404).end()
    asked.push(Number(round))
    const said = answer(Number(round))
    if (said) response.writeHead(said.status ?? 200, { 'content-type': 'application/json' }).end(said.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const close = () => new Promise<void>((closed) => (server.closeAllConnections(), server.close(() => closed())))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}
