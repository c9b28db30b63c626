import type { Words } from '#app/words/words.ts'
import { Field, kept, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'

export function proposalLabels({ name, reason, basis }: Words['governance']['draft']): Record<string, string> {
  return { title: name, reason, basis }
}

/** What a proposal says of itself. */
export function ProposalFields({ rejected, was }: { rejected: Rejected | undefined; was?: { title: string; reason: string; basis: string } }) {
  const words = useWords().governance.draft
  return (
    <>
      <Field kind="text" name="title" label={words.name} hint={words.nameHint} maxLength={120} {...kept(rejected, 'title', was?.title)} />
      <Field kind="textarea" name="reason" label={words.reason} maxLength={2000} {...kept(rejected, 'reason', was?.reason)} />
      <Field kind="textarea" name="basis" label={words.basis} hint={words.basisHint} rows={3} maxLength={2000} {...kept(rejected, 'basis', was?.basis)} />
    </>
  )
}
