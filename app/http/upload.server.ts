import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { theConfig } from '#app/config.server.ts'
import { MEDIA_TYPES, type MediaType, type StoredDocument } from '#app/domain/agencies/document.ts'
import { Refusal, type RefusalCode } from '#app/domain/refusal.ts'

/** What one file may weigh; the entrance's own limit for a whole form lies just above it. */
export const MOST_BYTES = 10 * 1024 * 1024

const EXTENSIONS: Record<MediaType, readonly string[]> = { 'application/pdf': ['pdf'], 'image/png': ['png'], 'image/jpeg': ['jpg', 'jpeg'] }

/** A file that was looked at and not yet kept. `store` keeps it; call it when the rest of the form is good. */
export type CheckedUpload = { document: StoredDocument; store: () => Promise<StoredDocument> }

/**
 * Takes one file out of a form and checks it by what it contains, never by what the browser calls it.
 *
 * @param request a clone: the form's other fields are read from the original
 * @returns null when no file was chosen
 * @throws Refusal (invalid, at the field) `forms.file-large`, `forms.file-kind`, `forms.file-name`, `forms.file-broken`
 */
export async function openUpload(request: Request, field: string, dataDir = theConfig().dataDir): Promise<CheckedUpload | null> {
  const form = await request.formData().catch(() => {
    throw new Response('400', { status: 400 })
  })
  const file = form.get(field)
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return null
  const bytes = new Uint8Array(await file.arrayBuffer())
  const refuse = (code: RefusalCode, params = {}) => new Refusal('invalid', code, { field, params })
  if (bytes.length > MOST_BYTES) throw refuse('forms.file-large', { most: MOST_BYTES / 1024 / 1024 })
  const { fileTypeFromBuffer } = await import('file-type')
  const mediaType = (await fileTypeFromBuffer(bytes))?.mime as MediaType | undefined
  if (!mediaType || !MEDIA_TYPES.includes(mediaType)) throw refuse('forms.file-kind')
  if (!EXTENSIONS[mediaType].includes(extensionOf(file.name))) throw refuse('forms.file-name')
  if (!isWhole(bytes, mediaType)) throw refuse('forms.file-broken')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const document = { sha256, name: harmlessName(file.name, EXTENSIONS[mediaType][0]!), mediaType, bytes: bytes.length }
  return { document, store: async () => (await keep(bytes, sha256, dataDir), document) }
}

/** Where the bytes with this hash lie. */
export function pathOfFile(sha256: string, dataDir = theConfig().dataDir): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('A file is named by its SHA-256.')
  return path.join(dataDir, 'files', sha256.slice(0, 2), sha256)
}

/** Headers with which a kept file leaves the house: always a download, never run or shown as part of our site. The entrance adds `nosniff` to every answer. */
export function downloadHeaders({ name, mediaType, bytes }: StoredDocument): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Length': String(bytes),
    'Content-Disposition': `attachment; filename="document.${EXTENSIONS[mediaType][0]}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
  }
}

/** A first name and the extension that the content has: no folders, no control signs, no second extension, no pictures. */
export function harmlessName(given: string, extension: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1)!
  const stem = last
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\p{Extended_Pictographic}<>:"|?*.;%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return `${[...stem].slice(0, 80).join('') || 'document'}.${extension}`
}

function extensionOf(name: string): string {
  return /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Does the file end as its kind ends? One that broke off on the way, or carries another file behind a picture, does not. */
function isWhole(bytes: Uint8Array, mediaType: MediaType): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 1024), Math.min(1024, bytes.length))
  if (mediaType === 'application/pdf') return tail.includes('%%EOF')
  if (mediaType === 'image/png') return tail.subarray(-12).equals(Buffer.from('0000000049454e44ae426082', 'hex'))
  return tail.includes(Buffer.from([0xff, 0xd9]))
}

/** Written beside its place and moved there whole, so that nobody ever reads half a file. */
async function keep(bytes: Uint8Array, sha256: string, dataDir: string): Promise<void> {
  const place = pathOfFile(sha256, dataDir)
  // Touched, so that whoever sweeps files that nobody names sees that somebody is about to name this one.
  const now = new Date()
  if (await utimes(place, now, now).then(() => true, () => false)) return
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  const beside = `${place}.${randomUUID()}`
  await writeFile(beside, bytes, { mode: 0o600, flag: 'wx' })
  await rename(beside, place)
}
