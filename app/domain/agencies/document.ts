export const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

/** A paper that was checked and lies under its hash. The name is what the sender called it, made harmless. */
export type StoredDocument = { sha256: string; name: string; mediaType: MediaType; bytes: number }

/** What an agency shows: its licence, its agent's power of attorney, certificates, and who works there. */
export const DOCUMENT_KINDS = ['licence', 'power-of-attorney', 'certificate', 'social-insurance'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

export type ShownDocument = StoredDocument & { id: string; kind: DocumentKind }

/** How many papers one agency may keep here at once. */
export const MOST_DOCUMENTS = 40
