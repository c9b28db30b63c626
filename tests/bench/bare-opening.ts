import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/** How long the library alone takes to open so many sealed keys of 32 bytes, one after another: no commitment, no price, no database. @returns milliseconds */
export async function bareOpening(count: number): Promise<number> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair()
  const key = crypto.getRandomValues(new Uint8Array(32))
  const sealed = await Promise.all(Array.from({ length: count }, () => suite.seal({ recipientPublicKey: publicKey }, key)))
  const began = performance.now()
  for (const { enc, ct } of sealed) await suite.open({ recipientKey: privateKey, enc }, ct)
  return performance.now() - began
}
