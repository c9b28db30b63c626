import type { ReactNode } from 'react'
import { AboutField, describedBy } from './about-field.tsx'
import { fieldId } from './field.tsx'
import { useWords } from './locale.tsx'

export type Uploaded = {
  key: string
  name: string
  bytes: number
  /** 0–100 while it travels; absent once it is here. */
  progress?: number
  /** What was read in it, such as a number and an expiry. */
  recognised?: ReactNode
  error?: string
}

/** Files of a form: which kinds and how large, what has arrived, what was recognised in it. */
export function Upload({ name, label, hint, accept, multiple, files = [], errors, optional }: { name: string; label: string; hint?: ReactNode; accept: string; multiple?: boolean; files?: readonly Uploaded[]; errors?: readonly string[]; optional?: boolean }) {
  const words = useWords().forms
  const id = fieldId(name)
  return (
    <div className={errors?.length ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="optional">{words.optional}</span> : null}
      </label>
      <AboutField id={id} hint={hint} errors={errors} />
      <div className="upload">
        <input id={id} name={name} type="file" accept={accept} multiple={multiple} className="w-full" {...describedBy({ id, hint, errors })} />
      </div>
      {files.length ? (
        <ul className="rows mt-3">
          {files.map((file) => (
            <li key={file.key}>
              <div>
                <span className="font-medium">{file.name}</span>
                {file.recognised ? <div className="row-note">{file.recognised}</div> : null}
                {file.error ? <div className="error small">{file.error}</div> : null}
              </div>
              <div className="small muted">
                {file.progress === undefined ? sizeText(file.bytes) : <progress max={100} value={file.progress} aria-label={words.uploading(file.name)} />}
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
