import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { openUpload } from './upload.server.ts'

/**
 * Takes the files of several fields out of a form, checks them all, and only then keeps any.
 *
 * @param request a clone: the form's other fields are read from the original
 * @throws Refusal as `openUpload` does, at the field
 */
export async function keepUploads(request: Request, fields: readonly string[]): Promise<StoredDocument[]> {
  if (!request.headers.get('content-type')?.startsWith('multipart/')) return []
  const checked = []
  for (const field of fields) checked.push(await openUpload(request.clone(), field))
  return Promise.all(checked.filter((upload) => upload !== null).map((upload) => upload.store()))
}
