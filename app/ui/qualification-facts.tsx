import type { Admission } from '#app/domain/agencies/qualification.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Status } from './status.tsx'
import { Day } from './time.tsx'

export type ShownQualification = { id: string; name: string; grade: string | null; scope: string; issuer: string; number: string; validUntil: string | null; valid: boolean; admission: Admission; requirable: boolean }

/** One certificate: what it is, until when it is good, and whether anybody may make it a condition. */
export function QualificationFacts({ qualification: one }: { qualification: ShownQualification }) {
  const words = useWords().registration.qualification
  return (
    <>
      <h3>
        {one.grade ? `${one.name} · ${one.grade}` : one.name} {one.valid ? <Status tone="kept">{words.valid}</Status> : <Status tone="refused">{words.expired}</Status>}
      </h3>
      <Facts
        items={[
          { label: words.number, value: <code className="code">{one.number}</code> },
          { label: words.issuer, value: one.issuer },
          one.scope ? { label: words.scope, value: one.scope } : null,
          { label: words.validUntil, value: one.validUntil ? <Day day={one.validUntil} weekday={false} /> : words.noTerm },
          one.requirable ? null : { label: words.mayRequire, value: words.admissions[one.admission] },
        ]}
      />
    </>
  )
}
