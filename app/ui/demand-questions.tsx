import type { ReactNode } from 'react'
import { COMMISSIONER_CHOICES } from '#app/domain/guard/demand-form.ts'
import { DESIGNATION_KINDS } from '#app/domain/guard/demand.ts'
import { Field, kept, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'

const FOLDED = ['designation', 'agency', 'on', 'project'] as const

type Labels = {
  what: string
  whatHint: string
  item: string
  itemHint?: string
  commissioner: string
  commissioners: Record<(typeof COMMISSIONER_CHOICES)[number], string>
  designation: string
  agency: string
  agencyHint?: string
  on: string
  onHint?: string
  project: string
  projectHint: string
}

/**
 * What is asked about a demand, by whoever makes it or meets it. Three questions are enough for most; the rest waits
 * folded, and stands open as soon as one of its answers is filled in or wrong.
 */
export function DemandQuestions({ rejected, labels, items, openItem, today }: { rejected: Rejected; labels: Labels; items: readonly string[]; openItem?: boolean; today: string }): ReactNode {
  const words = useWords().guard
  const known = 'known-approval-items'
  const item = kept(rejected, 'item')
  const filled = FOLDED.some((name) => rejected.errors[name]?.length || ![undefined, '', today].includes(kept(rejected, name).value))
  return (
    <>
      <Field name="service" label={labels.what} hint={labels.whatHint} maxLength={200} {...kept(rejected, 'service')} />
      <Field name="item" label={labels.item} hint={labels.itemHint} maxLength={200} optional={openItem} list={known} {...item} />
      <datalist id={known}>
        {items.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field
        kind="radio"
        name="commissioner"
        label={labels.commissioner}
        options={COMMISSIONER_CHOICES.map((value) => ({ value, label: labels.commissioners[value] }))}
        {...kept(rejected, 'commissioner')}
        value={kept(rejected, 'commissioner').value || 'applicant'}
      />
      <details className="fold" open={filled}>
        <summary>{words.ask.more}</summary>
        <Field
          kind="select"
          name="designation"
          label={labels.designation}
          placeholder={words.ask.designationNone}
          optional
          options={DESIGNATION_KINDS.map((value) => ({ value, label: words.designations[value] ?? value }))}
          {...kept(rejected, 'designation')}
        />
        <Field name="agency" label={labels.agency} hint={labels.agencyHint} optional maxLength={100} {...kept(rejected, 'agency')} />
        <Field name="on" type="date" label={labels.on} hint={labels.onHint} optional short {...kept(rejected, 'on')} value={kept(rejected, 'on').value || today} />
        <Field name="project" label={labels.project} hint={labels.projectHint} optional maxLength={60} {...kept(rejected, 'project')} />
      </details>
    </>
  )
}
