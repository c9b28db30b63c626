import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { downloadHeaders, harmlessName, MOST_BYTES, openUpload, pathOfFile } from '#app/http/upload.server.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(200, 1), Buffer.from('ffd9', 'hex')])

const folder = () => mkdtempSync(path.join(tmpdir(), 'mingdan-upload-'))

function sent(bytes: Uint8Array, name: string, type = 'application/octet-stream'): Request {
  const form = new FormData()
  form.set('licence', new File([new Uint8Array(bytes)], name, { type }))
  return new Request('http://house.example/register', { method: 'POST', body: form })
}

test.each([
  ['a PDF', PDF, '营业执照.pdf', 'application/pdf'],
  ['a PNG', PNG, 'scan.PNG', 'image/png'],
  ['a JPEG', JPEG, 'scan.jpeg', 'image/jpeg'],
])('%s is kept under its hash, readable by the house alone', async (_what, bytes, name, mediaType) => {
  const dataDir = folder()
  const upload = await openUpload(sent(bytes, name, 'text/html'), 'licence', dataDir)
  expect(readdirSync(dataDir)).toEqual([])
  const document = await upload!.store()
  expect(document).toMatchObject({ mediaType, bytes: bytes.length })
  const place = pathOfFile(document.sha256, dataDir)
  expect(readFileSync(place).equals(bytes)).toBe(true)
  expect(statSync(place).mode & 0o077).toBe(0)
  await upload!.store()
  expect(readdirSync(path.dirname(place))).toEqual([document.sha256])
})

test('no file chosen is no fault', async () => {
  expect(await openUpload(sent(Buffer.alloc(0), ''), 'licence', folder())).toBeNull()
  expect(await openUpload(new Request('http://house.example/', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }), 'licence', folder())).toBeNull()
})

test.each([
  ['a page called PDF', Buffer.from('<!doctype html><script>alert(1)</script>'), 'licence.pdf', 'forms.file-kind'],
  ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'licence.svg', 'forms.file-kind'],
  ['an archive', Buffer.from('504b0304140000000000', 'hex'), 'licence.pdf', 'forms.file-kind'],
  ['nothing at all', Buffer.alloc(0), 'licence.pdf', 'forms.file-kind'],
  ['a PDF called a page', PDF, 'licence.html', 'forms.file-name'],
  ['a PDF called a program', PDF, 'licence.pdf.exe', 'forms.file-name'],
  ['a picture called PDF', PNG, 'licence.pdf', 'forms.file-name'],
  ['a PDF that broke off', PDF.subarray(0, 20), 'licence.pdf', 'forms.file-broken'],
  ['a picture with an archive behind it', Buffer.concat([PNG, Buffer.from('504b0304', 'hex')]), 'licence.png', 'forms.file-broken'],
  ['a picture that is too large', Buffer.concat([PNG, Buffer.alloc(MOST_BYTES)]), 'licence.png', 'forms.file-large'],
])('%s is refused at its field, and nothing is kept', async (_what, bytes, name, code) => {
  const dataDir = folder()
  await expect(openUpload(sent(bytes, name, 'application/pdf'), 'licence', dataDir)).rejects.toMatchObject({ refusal: true, code, field: 'licence' })
  expect(readdirSync(dataDir)).toEqual([])
})

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['C:\\files\\执照 (1).pdf', '执照 (1).pdf'],
  ['x\r\nSet-Cookie: a=b.pdf', 'x Set-Cookie a=b.pdf'],
  ['licence.php.pdf', 'licence php.pdf'],
  ['😀.pdf', 'document.pdf'],
  ['执'.repeat(300) + '.pdf', '执'.repeat(80) + '.pdf'],
])('the name %s becomes harmless', (given, name) => {
  expect(harmlessName(given, 'pdf')).toBe(name)
})

test('a kept file leaves as a download that no browser runs', () => {
  const headers = downloadHeaders({ sha256: 'a'.repeat(64), name: '执照 (1)\'.pdf', mediaType: 'application/pdf', bytes: 3 })
  expect(headers).toMatchObject({ 'Content-Type': 'application/pdf', 'Content-Security-Policy': "default-src 'none'; sandbox" })
  expect(headers['Content-Disposition']).toMatch(/^attachment; filename="document\.pdf"; filename\*=UTF-8''[A-Za-z0-9%._-]+$/)
})

test('a hash that is none opens no path', () => {
  expect(() => pathOfFile('../../../etc/passwd', '/data')).toThrow()
})
