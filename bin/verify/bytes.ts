/** Bytes as texts write them, by what both Node and browsers have. */

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export function concat(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const pieces = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** @param hex an even number of hex digits, as the shape has made sure */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length >> 1 }, (_, place) => Number.parseInt(hex.slice(place * 2, place * 2 + 2), 16))
}

/** The bytes behind standard Base64 with padding; undefined for any spelling but the canonical one. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  const signs = atob(text)
  return btoa(signs) === text ? Uint8Array.from(signs, (sign) => sign.charCodeAt(0)) : undefined
}

/** Which of two stands first, byte by byte, as unsigned numbers. */
export function compare(one: Uint8Array, other: Uint8Array): number {
  for (let place = 0; place < one.length && place < other.length; place++) {
    if (one[place] !== other[place]) return one[place]! - other[place]!
  }
  return one.length - other.length
}

export const equal = (one: Uint8Array, other: Uint8Array): boolean => compare(one, other) === 0
