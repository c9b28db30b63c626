import type { AgencyKind } from '#app/domain/desks/agency-agenda.ts'
import type { AuthorityKind } from '#app/domain/desks/authority-agenda.ts'
import type { OperatorKind } from '#app/domain/oversight/operator-agenda.ts'
import type { RegulatorKind } from '#app/domain/oversight/regulator-agenda.ts'
import { paths } from '#app/paths.ts'

type Kind = AgencyKind | AuthorityKind | RegulatorKind | OperatorKind | 'draft-of-delegate' | 'draft-with-manager'

/** Where each thing that waits is done. */
const ADDRESSES: Record<Kind, (subject: string) => string> = {
  'contract-to-file': (number) => paths.contract(number),
  'contract-to-confirm': (number) => paths.contract(number),
  'contract-waiting': (number) => paths.contract(number),
  'result-to-deliver': (number) => paths.deliverable(number),
  'result-to-mend': (number) => paths.deliverable(number),
  'result-to-accept': (number) => paths.deliverable(number),
  'result-waiting': (number) => paths.deliverable(number),
  'result-awaited': (number) => paths.deliverable(number),
  'service-near': (number) => paths.contract(number),
  'service-over': (number) => paths.contract(number),
  'case-promised': (id) => paths.case(id),
  'case-statutory': (id) => paths.case(id),
  'supplement-overdue': (id) => paths.case(id),
  'supplement-asked': (id) => paths.case(id),
  'objection-to-answer': (number) => paths.objections(number),
  'tender-suspended': changesOf,
  'tender-held': changesOf,
  'bid-suspended': changesOf,
  'bid-corrected': changesOf,
  'bid-extended': paths.bid,
  'result-overdue': paths.tender,
  'objection-overdue': (number) => paths.objections(number),
  'objection-waiting': (number) => paths.objections(number),
  'objection-answered': (number) => paths.objections(number),
  'award-objected': (number) => paths.objections(number),
  'project-disputed': paths.dispute,
  'outage-to-approve': () => paths.outages(),
  'outage-proposed': () => paths.outages(),
  'question-to-answer': (number) => paths.questions(number),
  'judges-to-invite': (number) => paths.judges(number),
  'tender-judging': paths.tender,
  'tender-deciding': paths.tender,
  'question-overdue': (number) => paths.questions(number),
  'shortlist-to-pick': paths.pick,
  'result-public': paths.tender,
  'award-to-decline': paths.tender,
  'award-public': paths.tender,
  'tender-failed': paths.publishAgain,
  'draft-to-publish': (id) => paths.draft(id),
  'draft-of-delegate': (id) => paths.draft(id),
  'draft-handed-over': (id) => paths.draft(id),
  'draft-with-manager': (id) => paths.draft(id),
  'direct-to-accept': paths.bid,
  'check-to-answer': () => paths.agencyProfile(),
  'qualification-expired': () => paths.agencyQualifications(),
  'qualification-expiring': () => paths.agencyQualifications(),
  'check-answered': paths.checkAgency,
  'agency-to-check': paths.checkAgency,
  'tender-open': paths.tender,
  'tender-drawing': paths.tender,
  'tender-to-bid': paths.bid,
  'bid-standing': paths.bid,
  'bid-drawing': paths.tender,
  'tender-ranking': paths.tender,
  'bid-ranking': paths.tender,
  'bid-listed': paths.tender,
  'auction-coming': paths.auction,
  'auction-running': paths.auction,
  'auction-to-quote': (number) => paths.quote(number),
  'demand-refused': (id) => paths.decision(id),
  'demand-incomplete': (id) => paths.decision(id),
  'words-to-decide': paths.decideWords,
  'inquiry-to-decide': (number) => paths.inquiry(number),
  'contest-to-answer': (number) => paths.inquiry(number),
  'rectification-to-judge': (number) => paths.inquiry(number),
  'rectification-overdue': (number) => paths.inquiry(number),
  'inquiry-to-answer': (number) => paths.inquiry(number),
  'violation-to-rectify': (number) => paths.inquiry(number),
  'tender-stuck': paths.tender,
  'keys-to-show': (number) => paths.releaseKeys(number),
  'sanction-to-agree': (id) => `${paths.sanctions({ agree: id })}#agree`,
  'lottery-to-read': (number) => paths.readLottery(number),
  'beacon-late': paths.tender,
  'comments-to-answer': (number) => paths.governProposal(number),
  'opinion-to-give': (number) => paths.governProposal(number),
  'comment-to-open': (number) => paths.governProposal(number),
  'proposal-to-adopt': (number) => paths.governProposal(number),
  'proposal-blocked': (number) => paths.governProposal(number),
  'proposal-in-comment': (number) => paths.proposal(number),
  'list-upcoming': () => paths.catalogueVersions(),
  'ledger-late': () => paths.ledger(),
  'tenders-overdue': () => paths.tenders({ state: 'closing' }),
  'messages-late': () => '#health',
  'events-stuck': () => paths.eventTraffic(),
}

/** Where it stands what was changed, held or ended, and why. */
function changesOf(number: string): string {
  return `${paths.tender(number)}#changes`
}

export function agendaAddress({ kind, subject }: { kind: Kind; subject: string }): string {
  return ADDRESSES[kind](subject)
}
