export const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

/** A paper that was checked and lies under its hash. The name is what the sender called it, made harmless. */
export type StoredDocument = { sha256: string; name: string; mediaType: MediaType; bytes: number }
