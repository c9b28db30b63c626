import type { LoaderFunctionArgs } from '@remix-run/node'
import { useState } from 'react'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Chart } from '#app/ui/chart.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Proof } from '#app/ui/proof.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { Seal } from '#app/ui/seal.tsx'
import { ServiceClockBar, type ShownClock } from '#app/ui/service-clock.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { Steps } from '#app/ui/steps.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { Still } from '#app/ui/still.tsx'
import { Timeline } from '#app/ui/timeline.tsx'
import { titled } from '#app/ui/titled.ts'
import { Verdict, VerdictPart } from '#app/ui/verdict.tsx'
import { SampleForm } from './sample-form.tsx'

/** This page takes the runtime, so that the way to it stays tried. */
export const handle = { runtime: true }

export const meta = titled((words) => words.parts.title)

export async function loader(arrived: LoaderFunctionArgs) {
  await enterAs(arrived, 'see:operation')
  return null
}

/** The showcase stays the server's; only the counter wakes up. */
export default function Parts() {
  return (
    <>
      <Still>{import.meta.env.SSR ? <Showcase /> : null}</Still>
      <div className="wrap mt-12">
        <Counter />
      </div>
    </>
  )
}

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const ENTRY = '0198f3b2-6d1e-7c3a-9b54-3f2a61d0c7e9'
const AT = '2026-11-22T02:30:05Z'
/** A service that was returned once, and whose case had a hearing: written down, since the rule that counts it would bring the calendar into the browser. */
const CLOCK: ShownClock = {
  spans: [['owner', '10-12', '10-15', 3, 1], ['owner', '10-15', '10-16', 1, 1], ['agency', '10-16', '10-26', 6, 1], ['owner', '10-26', '10-28', 2, 1], ['agency', '10-28', '10-30', 2, 2], ['owner', '10-30', '11-03', 2, 2], ['authority', '11-03', '11-06', 3, 1], ['special', '11-06', '11-13', 5, 1], ['authority', '11-13', '11-22', 5, 1]].map(([party, from, until, workingDays, round]) => ({ party, from: `2026-${from}T02:00:00Z`, until: `2026-${until}T02:00:00Z`, workingDays, round })) as ShownClock['spans'],
  totals: { agency: 8, owner: 8, intake: 0, authority: 8, supplement: 0, special: 5 },
  whole: 29,
  running: 'authority',
  uncovered: [],
}
const TONES: Tone[] = ['open', 'kept', 'refused', 'plain']

function Showcase() {
  const words = useWords().parts
  const here = paths.parts()
  const rows = words.services.map((name, index) => ({ name, fen: [1_280_000, 45_600_050, null][index] ?? null, tone: TONES[index]! }))
  return (
    <Page title={words.title} lead={<p>{words.lead}</p>} kicker={<CodeText>2026-220106-0001</CodeText>} back={{ href: paths.operatorDesk(), label: words.owner }} action={<ButtonLink href={here} kind="main">{words.confirm.title}</ButtonLink>} aside={<Beside />}>
      <Section title={words.colours}>
        <ul className="actions">
          {['bg-paper', 'bg-sheet', 'bg-tint', 'bg-ink', 'bg-blue', 'bg-blue-tint', 'bg-red', 'bg-red-tint', 'bg-jade', 'bg-jade-tint'].map((colour) => (
            <li key={colour} className={`${colour} border border-line p-6`} title={colour} />
          ))}
        </ul>
        <p className="text-2xl font-bold">{words.type[0]}</p>
        <p className="text-xl font-bold">{words.type[1]}</p>
        <p className="text-lg font-bold">{words.type[2]}</p>
        <p>{words.type[3]}</p>
        <p className="text-sm text-ink-3">{words.type[4]}</p>
      </Section>
      <Section title="Button">
        <div className="actions">
          <Button type="button" kind="main">{words.confirm.title}</Button>
          <Button type="button">{words.confirm.title}</Button>
          <Button type="button" kind="quiet">{words.confirm.title}</Button>
          <Button type="button" kind="end">{words.confirm.title}</Button>
          <Button type="button" small>{words.confirm.title}</Button>
          <ButtonLink href={here} small kind="main">{words.confirm.title}</ButtonLink>
        </div>
      </Section>
      <Section title="Verdict">
        <div className="stack">
          <Verdict verdict="refused" question={words.question} lead={words.lead2} reasons={words.reasons.map((text) => ({ key: text, text, law: words.law }))} alternatives={words.alternatives.map(({ label, text }) => ({ key: label, label, text, href: here }))} />
          <Verdict verdict="needs-facts" question={words.question}>
            <VerdictPart title={words.facts.basis}>{words.missing}</VerdictPart>
          </Verdict>
          <Verdict verdict="allowed" question={words.question} reasons={[{ key: 'law', text: words.facts.basisText, law: words.law }]} />
        </div>
      </Section>
      <Section title="Facts">
        <Facts
          items={[
            { label: words.facts.department, value: words.authority },
            { label: words.facts.limit, value: <Day day="2026-11-22" /> },
            { label: words.facts.basis, value: words.facts.basisText, note: words.facts.note },
            { label: words.facts.fee, value: null },
            { label: words.columns.limit, value: <Money fen={1_234_567_800} /> },
          ]}
        />
      </Section>
      <Section title="Filter · DataTable · Pager">
        <Filter
          action={here}
          label={words.filter.label}
          fields={[
            { kind: 'search', name: 'q', label: words.filter.search, value: words.services[0] },
            { kind: 'choice', name: 'stage', label: words.filter.stage, options: words.filter.stages.map((label, index) => ({ value: label, label, count: 12 - index })) },
            { kind: 'day', name: 'on', label: words.filter.day },
          ]}
        />
        <DataTable
          caption={words.services[0]!}
          rows={rows}
          keyOf={({ name }) => name}
          sorting={{ by: 'name', descending: false, href: () => here }}
          empty={{ title: words.empty.title }}
          pager={{ first: here, previous: here, next: here }}
          columns={[
            { key: 'name', label: words.columns.name, main: true, sort: 'name', cell: ({ name }) => <a href={here}>{name}</a> },
            { key: 'authority', label: words.columns.authority, sort: 'authority', cell: () => words.authority },
            { key: 'state', label: words.columns.state, cell: ({ tone }) => <Status tone={tone}>{words.states[tone]}</Status> },
            { key: 'limit', label: words.columns.limit, number: true, cell: ({ fen }) => <Money fen={fen} /> },
          ]}
        />
      </Section>
      <Section title="Empty">
        <DataTable caption={words.empty.title} rows={[]} keyOf={() => ''} columns={[]} empty={{ title: words.empty.title, text: words.empty.text, action: { href: here, label: words.empty.action } }} />
      </Section>
      <Section title="Rows · Status">
        <Rows empty={{ title: words.empty.title }} items={rows.map(({ name, fen, tone }) => ({ key: name, href: here, title: name, note: words.owner, end: <><Money fen={fen} /> <Status tone={tone}>{words.states[tone]}</Status></> }))} />
      </Section>
      <Section title="Notice">
        <div className="stack">
          <Notice tone="kept" title={words.notice.kept[0]!} next={{ href: here, label: words.notice.kept[2]! }}>{words.notice.kept[1]}</Notice>
          <Notice tone="open" title={words.notice.open[0]!}>{words.notice.open[1]}</Notice>
          <Notice tone="refused" title={words.notice.refused[0]!}>{words.notice.refused[1]}</Notice>
          <Notice title={words.notice.plain[0]!}>{words.notice.plain[1]}</Notice>
        </div>
      </Section>
      <Section title="Steps · Field · ErrorSummary · Upload">
        <Steps current="2" steps={words.steps.map((label, index) => ({ key: String(index), label, href: here }))} />
        <SampleForm />
      </Section>
      <Section title="Confirm">
        <div className="stack">
          <Confirm title={words.confirm.title} consequences={words.confirm.consequences} action={here} />
          <Confirm title={words.confirm.title} consequences={words.confirm.consequences} action={here} open />
        </div>
      </Section>
      <Section title="Chart">
        <Chart title={words.chart.title} unit={words.chart.unit} csv={here} bars={words.filter.stages.map((label, index) => ({ key: label, label, value: [24, 62, 9][index]! }))} />
      </Section>
    </Page>
  )
}

function Beside() {
  const words = useWords().parts
  return (
    <>
      <Section title="Timeline">
        <Timeline
          label={words.timeline.label}
          items={[
            { key: '1', title: words.timeline.items[0], when: <Instant at={AT} />, state: 'done' },
            { key: '2', title: words.timeline.items[1], when: <Instant at={AT} />, who: words.timeline.who, state: 'now' },
            { key: '3', title: words.timeline.items[2], when: <Day day="2026-11-27" />, state: 'next' },
            { key: '4', title: words.timeline.items[3], state: 'ended' },
          ]}
        />
      </Section>
      <Section title="ServiceClockBar">
        <ServiceClockBar clock={CLOCK} limits={[{ name: 'deliver', party: 'agency', due: AT, level: 'near', round: 2, uncovered: [2027] }]} />
      </Section>
      <Section title="Proof · CodeText">
        <div className="stack">
          <Proof entry={ENTRY} leafHash={HASH} index={1284} recordedAt={AT} checkpoint={{ size: 1290, root: HASH }} />
          <Proof entry={ENTRY} leafHash={HASH} index={null} promisedBy={AT} />
          <p>
            <CodeText short={12}>{HASH}</CodeText>
          </p>
        </div>
      </Section>
      <Section title="Seal">
        <div className="actions">
          <Seal size={96} />
          <Seal size={48} />
          <Seal size={24} />
        </div>
      </Section>
    </>
  )
}

/** Counts only where the runtime woke up. A figure needs no words, so none are sent for it. */
function Counter() {
  const [count, setCount] = useState(0)
  return (
    <button type="button" className="button" data-testid="counter" onClick={() => setCount(count + 1)}>
      {count}
    </button>
  )
}
