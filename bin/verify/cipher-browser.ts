/* AES-GCM by WebCrypto: only results by sealed price need it, and whoever sealed such a bid had it (docs/decisions/023). */

export const canDecrypt = (): boolean => globalThis.crypto?.subtle !== undefined

export async function decrypt(key: Uint8Array, sealed: Uint8Array, beside: Uint8Array): Promise<Uint8Array | undefined> {
  const { subtle } = crypto
  const cipher = await subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['decrypt'])
  const plain = subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: Uint8Array.from(beside) }, cipher, Uint8Array.from(sealed))
  return plain.then((bytes) => new Uint8Array(bytes), () => undefined)
}
