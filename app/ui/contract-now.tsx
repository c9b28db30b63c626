import type { ShownContract } from '#app/domain/contracts/shown-award.ts'
import { paths } from '#app/paths.ts'
import type { AwardOnPage, Sent } from './contract-facts.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Remaining } from './remaining.tsx'
import { Deadline } from './time.tsx'

/** What of a contract is so now, who has to act, and by when. */
export function ContractNow({ award, contract, number }: { award: AwardOnPage; contract: Sent<ShownContract> | null; number: string }) {
  const { now, results } = useWords().contracts
  const due = award.limits.find(({ party }) => party !== 'authority')?.due
  const until = due ? <p className="small">{now.until} <Deadline at={due} /> <Remaining at={award.at} until={due} /></p> : null
  const next = { href: paths.deliverable(number), label: results.toResults }
  if (!contract) return award.contracts.length ? <Notice tone="open" title={now.refiled}><p>{now.refiledText}</p>{until}</Notice> : <Notice tone="open" title={now.file}><p>{now.fileText}</p>{until}</Notice>
  if (!contract.confirmedAt) return <Notice tone="open" title={now.confirm[contract.filedBy === 'owner' ? 'agency' : 'owner']}><p>{now.confirmText}</p>{until}</Notice>
  if (award.state === 'accepted') return <Notice tone="kept" title={now.done} next={next} />
  return <Notice tone="kept" title={now.confirmed} next={next}><p>{now.confirmedText}</p>{until}</Notice>
}
