import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { FAULTS } from '#app/domain/exchange/row-faults.ts'
import { showExchange, SHOWN } from '#app/domain/exchange/show-exchange.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { paths } from '#app/paths.ts'
import { Counts } from '#app/ui/agenda.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { CheckedTable, EndedTable } from '#app/ui/exchange-tables.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

const SHOWS = ['faulty', 'refused', 'ended'] as const

export const meta = titled((words) => words.exchange.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'check:exchange')
  const asked = new URL(arrived.request.url).searchParams
  // What is no choice of ours narrows nothing.
  const [show, fault, before, below] = [SHOWN.find((one) => one === asked.get('show')), FAULTS.find((one) => one === asked.get('fault')), keysetOf(asked.get('before')), keysetOf(asked.get('below'))]
  const division = /^\d{6}$/.test(asked.get('division') ?? '') ? asked.get('division')! : undefined
  const check = await showExchange(context, { ...(show && { show }), ...(fault && { fault }), ...(division && { division }), ...(before !== undefined && { before }), ...(below !== undefined && { below }) })
  const { actor } = context
  return { ...check, show, fault, division, below, isFirst: before === undefined, reader: { seesCases: can(actor, 'see:case'), mayName: check.mayName }, isOperator: can(actor, 'see:operation') }
}

/** What the national side would refuse of the tables as they are now, and what it has refused. */
export default function Exchange() {
  const { exchange: words, agencies, guard } = useWords()
  const { counts, faults, divisions, waiting, checkedAtMost, lines, ended, next, show, fault, division, below, isFirst, reader, isOperator } = useLoaderData<typeof loader>()
  const asked = { show, fault, division, below }
  const pager = { first: isFirst ? null : paths.exchange(asked), next: next ? paths.exchange({ ...asked, before: next }) : null }
  const nothing = show || fault || division || below !== undefined || !isFirst ? { ...words.empty.found, action: { href: paths.exchange(), label: words.empty.found.action } } : words.empty.none
  const back = isOperator ? { href: paths.operatorDesk(), label: agencies.operator.title } : { href: paths.regulatorDesk(), label: guard.regulator.title }
  return (
    <Page title={words.title} lead={words.lead} back={back} action={<ButtonLink href={paths.exchangeFile('exchange.xlsx')} download>{words.exportAll}</ButtonLink>}>
      {waiting ? <Notice>{words.waiting(waiting)}</Notice> : null}
      {checkedAtMost ? <Notice title={words.atMost(checkedAtMost.most)} next={{ href: paths.exchange({ show, fault, division, below: checkedAtMost.below }), label: words.older }} /> : null}
      {below === undefined ? null : <Notice title={words.olderShown} next={{ href: paths.exchange({ show, fault, division }), label: words.newest }} />}
      <Section id="counts" title={words.counts.title} action={reader.mayName ? <a href={paths.nationalCodes()}>{words.codes.toCodes}</a> : undefined}>
        <Counts
          items={[
            { key: 'valid', label: words.counts.valid, count: counts.valid, href: paths.exchange({ division, below }) },
            { key: 'faulty', label: words.counts.faulty, count: counts.faulty, href: paths.exchange({ division, below, show: 'faulty' }) },
            { key: 'refused', label: words.counts.refused, count: counts.refused, href: paths.exchange({ division, below, show: 'refused' }) },
            { key: 'ended', label: words.counts.ended, count: counts.ended, href: paths.exchange({ division, show: 'ended' }) },
          ]}
        />
      </Section>
      <Section id="rows" title={show === 'ended' ? words.ended.title : words.table.title}>
        <Filter
          action={paths.exchange()}
          label={words.filter.label}
          {...(below !== undefined && { hidden: { below: String(below) } })}
          fields={[
            { kind: 'choice', name: 'show', label: words.filter.show, value: show, options: SHOWS.map((value) => ({ value, label: words.shows[value], count: counts[value] })) },
            { kind: 'choice', name: 'division', label: words.filter.division, value: division, options: divisions.map(({ code, name, count }) => ({ value: code, label: name, count })) },
            ...(show === 'ended' ? [] : [{ kind: 'choice' as const, name: 'fault', label: words.filter.fault, value: fault, options: faults.map((one) => ({ value: one.fault, label: words.faults[one.fault], count: one.count })) }]),
          ]}
        />
        {show === 'ended' ? <EndedTable rows={ended} pager={pager} empty={words.empty.ended} /> : <CheckedTable rows={lines} reader={reader} pager={pager} empty={nothing} />}
      </Section>
    </Page>
  )
}
