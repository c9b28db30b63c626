import type { Division } from '#app/domain/divisions/division.ts'
import { DOCUMENT_KINDS } from '#app/domain/agencies/document.ts'
import type { QualificationKind } from '#app/domain/agencies/qualification.ts'
import type { Answers, ListStep, Step } from '#app/domain/agencies/registration.ts'
import { DocumentQuestions, PractitionerQuestions, QualificationQuestions, useDocumentNote, usePractitionerNote } from '#app/ui/agency-record.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { Listed, type ListedItem } from '#app/ui/listed.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { dayText } from '#app/ui/time.tsx'
import { AccountQuestions, CommitmentQuestion, IntroductionQuestions, OrganisationQuestions, PeopleQuestions } from '#app/ui/registration-steps.tsx'

type Given = { step: Step; answers: Answers; hasPassword: boolean; kinds: readonly QualificationKind[]; places: readonly Division[]; rejected: Rejected | undefined }

/** The questions of one step. */
export function StepQuestions({ step, answers, hasPassword, kinds, places, rejected }: Given) {
  switch (step) {
    case 'organisation':
      return <OrganisationQuestions answers={answers} rejected={rejected} />
    case 'account':
      return <AccountQuestions answers={answers} rejected={rejected} hasPassword={hasPassword} />
    case 'people':
      return <PeopleQuestions answers={answers} rejected={rejected} />
    case 'documents':
      return <DocumentQuestions rejected={rejected} kinds={DOCUMENT_KINDS} />
    case 'qualifications':
      return <QualificationQuestions rejected={rejected} kinds={kinds} />
    case 'practitioners':
      return <PractitionerQuestions rejected={rejected} />
    case 'introduction':
      return <IntroductionQuestions introduction={answers.introduction?.introduction} serviceDivisions={answers.introduction?.serviceDivisions} rejected={rejected} places={places} />
    case 'commitment':
      return <CommitmentQuestion given={answers.commitment !== undefined} rejected={rejected} />
  }
}

/** What was listed in a step, as lines. */
export function useListedItems(answers: Answers, kinds: readonly { code: string; name: string }[]): Record<ListStep, ListedItem[]> {
  const noteOfDocument = useDocumentNote()
  const noteOfPractitioner = usePractitionerNote()
  const words = useWords().registration.qualification
  const locale = useLocale()
  return {
    documents: (answers.documents?.items ?? []).map((one) => ({ id: one.id, title: one.name, note: noteOfDocument(one) })),
    qualifications: (answers.qualifications?.items ?? []).map((one) => ({ id: one.id, title: `${kinds.find(({ code }) => code === one.kind)?.name ?? one.kind}${one.grade ? ` · ${one.grade}` : ''}`, note: `${one.number} · ${one.issuer} · ${one.validUntil ? words.until(dayText(one.validUntil, locale, false)) : words.noTerm}` })),
    practitioners: (answers.practitioners?.items ?? []).map((one) => ({ id: one.id, title: one.name, note: noteOfPractitioner(one) })),
  }
}

export function ListStepBody({ step, answers, address, kinds }: { step: ListStep; answers: Answers; address: string; kinds: readonly QualificationKind[] }) {
  const words = useWords().registration
  return <Listed items={useListedItems(answers, kinds)[step]} action={address} remove={words.remove} removeOf={({ title }) => words.removeOf(String(title))} />
}
