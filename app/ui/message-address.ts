import { KINDS, type Message, type Place } from '#app/domain/notices/message.ts'
import { paths } from '#app/paths.ts'

const ADDRESSES: Record<Place, (subject: string) => string> = {
  tender: paths.tender,
  questions: (number) => paths.questions(number),
  objections: (number) => paths.objections(number),
  witnesses: (number) => paths.witnesses(number),
  outages: () => paths.outages(),
  explain: paths.explain,
  keys: (number) => paths.releaseKeys(number),
  auction: paths.auction,
  pick: paths.pick,
  draft: (id) => paths.draft(id),
  decision: paths.decision,
  listing: (code) => paths.listing(code),
  agency: paths.agency,
  'agency-desk': () => paths.agencyDesk(),
  'agency-profile': () => paths.agencyProfile(),
  'agency-check': paths.checkAgency,
  versions: () => paths.catalogueVersions(),
  proposal: (number) => paths.proposal(number),
  'proposal-work': (number) => paths.governProposal(number),
  judge: (number) => paths.judge(number),
  judges: (number) => paths.judges(number),
  people: () => paths.sessions(),
}

/** Where a message leads. */
export function addressOf({ kind, subject }: Pick<Message, 'kind' | 'subject'>): string {
  return ADDRESSES[KINDS[kind].place](subject)
}
