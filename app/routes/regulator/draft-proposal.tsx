import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { discardProposal, dropEntry, putRetirement, reviseProposal } from '#app/domain/governance/draft-proposal.server.ts'
import { ProposalForm, ProposingForm, RemovalForm } from '#app/domain/governance/proposal-form.ts'
import { propose } from '#app/domain/governance/propose.server.ts'
import { showDraftProposal } from '#app/domain/governance/show-proposal.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { orPage, sentenceAt, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { ListsBelow } from '#app/ui/lists-below.tsx'
import { ListChanges } from '#app/ui/list-changes.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProposalFields, proposalLabels } from '#app/ui/proposal-fields.tsx'
import { ProposalStatus } from '#app/ui/proposal-state.tsx'
import { titled } from '#app/ui/titled.ts'
import { TwinWarning } from '#app/ui/twin-warning.tsx'

export const meta = titled((words) => words.governance.draft.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const shown = await orPage(arrived.request, showDraftProposal(context, arrived.params.id ?? ''))
  const asked = new URL(arrived.request.url).searchParams
  const done = asked.get('done')
  const entries = shown.entries.map(({ faults, ...entry }) => ({ ...entry, faults: faults.map((fault) => ({ pointer: fault.pointer, sentence: sentenceAt(arrived.request, fault) })) }))
  return { ...shown, entries, done: done === 'began' || done === 'saved' || done === 'imported' ? done : null, file: normalise(asked.get('file') ?? '').slice(0, 100) }
}

const Act = z.discriminatedUnion('act', [
  ProposalForm.extend({ act: z.literal('revise') }),
  RemovalForm.extend({ act: z.literal('remove') }),
  z.object({ act: z.literal('drop'), code: RemovalForm.shape.code }),
  z.object({ act: z.literal('discard') }),
  ProposingForm.extend({ act: z.literal('propose') }),
], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const id = arrived.params.id ?? ''
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'propose') {
      const { number } = await propose(context, { id, urgentReason: form.urgentReason })
      return redirect(paths.governProposal(number, { done: 'proposed' }))
    }
    if (form.act === 'discard') {
      await discardProposal(context, { id })
      return redirect(paths.governance())
    }
    if (form.act === 'revise') await reviseProposal(context, { id, title: form.title, reason: form.reason, basis: form.basis })
    if (form.act === 'remove') await putRetirement(context, { id, code: form.code, reason: form.why })
    if (form.act === 'drop') await dropEntry(context, { id, code: form.code })
    return redirect(paths.draftProposal(id, { done: 'saved' }))
  })
}

export default function DraftProposal() {
  const { governance: all, catalogue } = useWords()
  const words = all.draft
  const { draft, entries, counts, mayBeUrgent, below, divisionName, done, file } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Rejected | undefined
  const rejectedOf = (act: string) => (answer?.values.act === act ? answer : undefined)
  const faults = new Map(entries.map((entry) => [entry.code, entry]))
  const elsewhere = answer && !['revise', 'remove'].includes(String(answer.values.act)) ? answer : undefined
  return (
    <Page title={draft.title} kicker={divisionName} lead={<><ProposalStatus state="draft" /> {all.counted(counts)}</>} back={{ href: paths.governance(), label: catalogue.governance.title }}>
      {elsewhere ? <ErrorSummary errors={elsewhere.errors} labels={{ urgentReason: words.urgent }} /> : null}
      {done === 'imported' ? <Notice tone="kept">{words.imported(file)}</Notice> : done ? <Notice tone="kept">{done === 'began' ? words.began : words.saved}</Notice> : null}
      <Section
        title={words.entries}
        action={<div className="actions"><ButtonLink kind={entries.length ? 'plain' : 'main'} href={paths.proposedWording(draft.id)}>{words.add}</ButtonLink></div>}
      >
        {entries.length ? (
          <ListChanges
            entries={entries}
            act={(code) => {
              const entry = faults.get(code)!
              return (
                <>
                  {entry.faults.length ? (
                    <Notice tone="refused" title={words.faults(entry.faults.length)}>
                      <ul>{entry.faults.map(({ pointer, sentence }) => <li key={pointer + sentence}>{sentence} <code className="code">{pointer}</code></li>)}</ul>
                    </Notice>
                  ) : null}
                  <TwinWarning twins={entry.twins} text={words.twinsText} />
                  <div className="actions mt-4">
                    {entry.kind === 'retired' ? null : <ButtonLink small href={paths.proposedWording(draft.id, { code })}>{words.edit}</ButtonLink>}
                    <form method="post"><input type="hidden" name="act" value="drop" /><input type="hidden" name="code" value={code} /><Button small>{words.drop}</Button></form>
                  </div>
                </>
              )
            }}
          />
        ) : (
          <Empty {...words.noEntries} />
        )}
        <details className="mt-4" open={rejectedOf('remove') ? true : undefined}>
          <summary>{words.remove}</summary>
          <PostForm rejected={rejectedOf('remove')} labels={{ code: words.removeCode, why: words.removeReason }}>
            <input type="hidden" name="act" value="remove" />
            <Field kind="text" name="code" label={words.removeCode} short {...kept(rejectedOf('remove'), 'code')} />
            <Field kind="textarea" name="why" label={words.removeReason} maxLength={500} {...kept(rejectedOf('remove'), 'why')} />
            <div className="actions"><Button>{words.removeButton}</Button></div>
          </PostForm>
        </details>
      </Section>
      <details open={rejectedOf('revise') ? true : undefined}>
        <summary>{words.reason} · {words.basis}</summary>
        <PostForm rejected={rejectedOf('revise')} labels={proposalLabels(words)}>
          <input type="hidden" name="act" value="revise" />
          <ProposalFields rejected={rejectedOf('revise')} was={draft} />
          <div className="actions"><Button>{words.save}</Button></div>
        </PostForm>
      </details>
      <ListsBelow below={below} />
      <Section title={words.propose}>
        <Confirm open begins title={words.propose} consequences={words.proposeConsequences} values={{ act: 'propose' }}>
          {mayBeUrgent ? <Field kind="textarea" name="urgentReason" label={words.urgent} hint={words.urgentHint} optional maxLength={500} {...kept(rejectedOf('propose'), 'urgentReason')} /> : null}
        </Confirm>
      </Section>
      <Confirm title={words.discard} consequences={words.discardConsequences} values={{ act: 'discard' }} />
    </Page>
  )
}
