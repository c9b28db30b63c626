import { MEDIA_TYPES, type DocumentKind, type ShownDocument } from '#app/domain/agencies/document.ts'
import { PROOFS, type Licence, type Proof } from '#app/domain/agencies/practitioner.ts'
import { choiceOf, mayRequire, type QualificationKind } from '#app/domain/agencies/qualification.ts'
import { Field, kept, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'
import { sizeText, Upload } from './upload.tsx'

type Given = { rejected: Rejected | undefined | null }

/** What an agency holds, as it is shown where one can change it. */
export type HeldLine = { id: string; kind: string; grade: string | null; number: string; issuer: string; validUntil: string | null }

/** Kind and grade in one choice: a page without scripts cannot ask for one after the other. */
export function useKindOptions(kinds: readonly QualificationKind[]): { value: string; label: string }[] {
  const words = useWords().registration.qualification
  return kinds.flatMap((kind) => {
    const mark = mayRequire(kind) === null ? '' : words.shownOnly
    const grades = kind.grades.length ? kind.grades : [null]
    return grades.map((grade) => ({ value: choiceOf({ kind: kind.code, grade }), label: `${kind.name}${grade ? ` · ${grade}` : ''}${mark}` }))
  })
}

export function QualificationQuestions({ rejected, kinds }: Given & { kinds: readonly QualificationKind[] }) {
  const words = useWords().registration.qualification
  return (
    <>
      <Field kind="select" name="kind" label={words.kind} hint={words.kindHint} options={useKindOptions(kinds)} {...kept(rejected, 'kind')} errors={[...(rejected?.errors.kind ?? []), ...(rejected?.errors.grade ?? [])]} />
      <CertificateQuestions rejected={rejected} />
    </>
  )
}

/** The part that a renewal asks anew. */
export function CertificateQuestions({ rejected }: Given) {
  const words = useWords().registration.qualification
  return (
    <>
      <Field name="number" label={words.number} {...kept(rejected, 'number')} />
      <Field name="issuer" label={words.issuer} {...kept(rejected, 'issuer')} />
      <Field name="scope" label={words.scope} hint={words.scopeHint} optional {...kept(rejected, 'scope')} />
      <Field type="date" name="validUntil" label={words.validUntil} hint={words.validUntilHint} optional short {...kept(rejected, 'validUntil')} />
    </>
  )
}

export function PractitionerQuestions({ rejected }: Given) {
  const words = useWords().registration.practitioner
  return (
    <>
      <Field name="name" label={words.name} hint={words.nameHint} {...kept(rejected, 'name')} />
      <Field kind="radio" name="proof" label={words.proof} options={PROOFS.map((proof) => ({ value: proof, label: words.proofs[proof] }))} {...kept(rejected, 'proof')} />
      {([1, 2, 3] as const).map((n) => (
        <div className="fields-two" key={n}>
          <Field name={`licenceKind${n}`} label={words.licenceKind(n)} optional={n > 1} {...kept(rejected, `licenceKind${n}`)} />
          <Field name={`licenceNumber${n}`} label={words.licenceNumber(n)} optional={n > 1} {...kept(rejected, `licenceNumber${n}`)} />
        </div>
      ))}
    </>
  )
}

export function DocumentQuestions({ rejected, kinds }: Given & { kinds: readonly DocumentKind[] }) {
  const words = useWords().registration.document
  return (
    <>
      <Field kind="select" name="kind" label={words.kind} options={kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))} {...kept(rejected, 'kind')} />
      <Upload name="file" label={words.file} hint={words.fileHint} accept={[...MEDIA_TYPES, '.pdf', '.png', '.jpg', '.jpeg'].join(',')} errors={rejected?.errors.file} />
    </>
  )
}

/** One line of a list of papers. */
export function useDocumentNote(): (document: Pick<ShownDocument, 'kind' | 'bytes'>) => string {
  const words = useWords().registration.document
  return ({ kind, bytes }) => `${words.kinds[kind]} · ${sizeText(bytes)}`
}

export function usePractitionerNote(): (one: { proof: Proof; licences: readonly Licence[] }) => string {
  const words = useWords().registration.practitioner
  return ({ proof, licences }) => [...licences.map(({ kind, number }) => `${kind} ${number}`), words.proofs[proof]].join(' · ')
}
