import type { ShownAfterAward, ShownContract } from '#app/domain/contracts/shown-award.ts'
import { paths } from '#app/paths.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Day, Instant } from './time.tsx'
import { sizeText } from './upload.tsx'

/** What came to a page: instants are texts there. */
export type Sent<T> = T extends Date ? Date | string : T extends readonly (infer E)[] ? readonly Sent<E>[] : T extends object ? { [K in keyof T]: Sent<T[K]> } : T
export type AwardOnPage = Sent<ShownAfterAward>

/** What the award leaves for its contract, and what the contract says. */
export function ContractFacts({ award, contract }: { award: AwardOnPage; contract: Sent<ShownContract> | null }) {
  const words = useWords().contracts
  const { facts } = words
  const hidden = <span className="unstated">{facts.hidden}</span>
  return (
    <Facts
      items={[
        { label: facts.winner, value: <a href={paths.agency(award.agency.uscc)}>{award.agency.name}</a> },
        { label: facts.owner, value: award.owner ?? facts.person },
        { label: facts.bound, value: <Instant at={award.boundAt} /> },
        award.landing && { label: facts.case, value: award.landing.caseNumber, note: facts.casesMaterial(award.landing.authority, award.landing.material) },
        contract && { label: facts.days, value: facts.daysValue(contract.serviceDays) },
        contract && { label: facts.amount, value: contract.amountFen === null ? hidden : <Money fen={contract.amountFen} /> },
        contract && { label: facts.signedOn, value: <Day day={contract.signedOn} /> },
        contract && { label: facts.filed, value: <Instant at={contract.filedAt} />, note: facts.filedBy[contract.filedBy] },
        contract && !contract.refusedAt && { label: facts.confirmed, value: contract.confirmedAt ? <Instant at={contract.confirmedAt} /> : facts.waits },
        contract?.refusedAt ? { label: facts.refused, value: <Instant at={contract.refusedAt} /> } : null,
        contract?.refusedAt ? { label: facts.refusal, value: contract.refusal ? <span className="whitespace-pre-line">{contract.refusal}</span> : hidden } : null,
        contract && { label: facts.file, value: contract.document ? <FileLink href={paths.contractFile(contract.id)} file={contract.document} /> : hidden },
      ]}
    />
  )
}

export function FileLink({ href, file }: { href: string; file: { name: string; bytes: number } }) {
  const { facts } = useWords().contracts
  return (
    <a href={href} download="" data-no-prefetch="">
      {facts.download(file.name, sizeText(file.bytes))}
    </a>
  )
}
