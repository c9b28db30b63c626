/** Signs that no paper can carry: pictographs, flags, keycaps and the joiners between them. */
const PICTURES = /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u20E3\uFE0F]/u
/** Old systems put rare characters into the private area, where every machine shows another sign. */
const PRIVATE = /\p{Co}/u
/** Lone surrogates and what a reader of bytes put in their place, unassigned and invisible control signs; line breaks are allowed where a text may have them. */
const BROKEN = /[\p{Cs}\p{Cn}\uFFFD\u202A-\u202E\u2066-\u2069\u200C-\u200F\u0000-\u0008\u000B-\u001F\u007F]/u

/** Why a text's signs cannot stand on a public page; null where they can. */
export function signFault(value: string, { lines }: { lines?: boolean } = {}): 'accounts.text-pictures' | 'accounts.text-private' | 'accounts.text-broken' | null {
  if (PICTURES.test(value)) return 'accounts.text-pictures'
  if (PRIVATE.test(value)) return 'accounts.text-private'
  return BROKEN.test(value) || (!lines && /[\n\t]/.test(value)) ? 'accounts.text-broken' : null
}
