import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { pathOfFile } from '#app/http/upload.server.ts'

/** A page that says of itself that it is a sample: every contract and every result of the invented town shows the same one of its kind. */
function samplePage(words: string): Buffer {
  const text = `BT /F1 20 Tf 72 740 Td (${words}) Tj ET`
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>', `<< /Length ${text.length} >>\nstream\n${text}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, place) => {
    const at = body.length
    body += `${place + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`)
}

const PAGES = { contract: samplePage('Sample contract (no real one)'), result: samplePage('Sample result of a service (no real one)') }

/** One of the sample pages under a name, as a verb takes it. */
export function samplePaper(kind: keyof typeof PAGES, name: string): StoredDocument {
  return { sha256: hashOf(PAGES[kind]), name, mediaType: 'application/pdf', bytes: PAGES[kind].length }
}

/** Puts the sample pages where files are kept, so that whoever may have them can open them. */
export async function keepSamplePapers(dataDir: string): Promise<void> {
  for (const page of Object.values(PAGES)) {
    const place = pathOfFile(hashOf(page), dataDir)
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
    await writeFile(place, page, { mode: 0o600 })
  }
}

function hashOf(page: Buffer): string {
  return createHash('sha256').update(page).digest('hex')
}
