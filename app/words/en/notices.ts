import type { Words } from '../zh.ts'

const ROLES = { agency: 'agency', owner: 'owner', authority: 'authority', regulator: 'regulator', operator: 'operator' }
const VERDICTS: Record<string, string> = { allowed: 'it may be required', refused: 'it may not be required', 'needs-facts': 'facts are missing, not yet' }
const verdictOf = (verdict: string) => VERDICTS[verdict] ?? verdict
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** An instant of this year on Beijing's clock. */
const clockOf = (at: string) => {
  const [month, day, time] = new Date(new Date(at).getTime() + 8 * 3600_000).toISOString().slice(5, 16).split(/[-T]/) as [string, string, string]
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${time}`
}
const quoted = (text: string | null) => (text ? `“${text}”` : 'a service that is not listed')
const others = (count: number) => (count > 1 ? ` and ${count - 1} more of your services` : '')

export const notices: Words['notices'] = {
  title: 'Messages',
  lead: (role) => `What concerns you as ${role}, newest first. What you have read is read by you alone; colleagues read for themselves.`,
  many: '99+',
  unread: (count) => (count >= 100 ? '99+ unread' : `${count} unread`),
  caption: 'Messages',
  new: 'unread',
  until: { closesAt: 'bids until', drawsAfter: 'draw not before', answerBy: 'answer by', publicityEndsAt: 'objections until', declineUntil: 'may be declined until', decidesAfter: 'ranked not before', complaintUntil: 'complaints until', suspendedUntil: 'resumes at the latest', from: (day) => `from ${day}` },
  show: { label: 'Show', all: 'All', unread: 'Unread only' },
  readAll: 'Mark all as read',
  readAllNote: 'For your account only.',
  allRead: 'All are marked as read.',
  empty: {
    all: { title: 'No message yet', text: 'Tenders, bids, results and changes of the list that concern you will appear here by themselves.', action: 'To the desk' },
    unread: { title: 'Nothing unread', text: 'New messages appear here by themselves.', action: 'All messages' },
  },
  kinds: {
    'tender-to-bid': ({ title, service }) => `A tender you could bid in: ${title} (${service})`,
    'tender-published': ({ title }) => `Published and open for bids: ${title}`,
    'named-in-tender': ({ title }) => `An owner has named your agency directly; please decide whether to accept: ${title}`,
    'question-to-answer': ({ title }) => `An agency has a question for you: ${title}`,
    'own-question-answered': ({ title }) => `Your question is answered: ${title}`,
    'question-answered': ({ title }) => `The owner has answered a question in public: ${title}`,
    'answer-corrected': ({ title }) => `The owner has corrected an answer: ${title}`,
    'award-declined': ({ title }) => `The winner has declined; the next of the drawn order follows: ${title}`,
    'tender-corrected': ({ title }) => `A tender you bid in is corrected; bids are not affected: ${title}`,
    'tender-corrected-bids': ({ title }) => `A tender you bid in is corrected in what affects bids; yours stays, and you may replace it: ${title}`,
    'tender-corrected-open': ({ title }) => `A tender you could bid in is corrected: ${title}`,
    'tender-extended': ({ title }) => `The deadline has moved: ${title}`,
    'tender-cancelled': ({ title }) => `The owner has cancelled: ${title}`,
    'tender-suspended': ({ title }) => `The regulator has suspended: ${title}`,
    'tender-resumed': ({ title }) => `The tender goes on: ${title}`,
    'objection-to-answer': ({ title }) => `A bidder objects to the result; please answer: ${title}`,
    'award-objected': ({ title }) => `A bidder objects to the result; until it is answered the award does not bind: ${title}`,
    'objection-raised': ({ title }) => `A bidder objects to a result: ${title}`,
    'objection-answered': ({ title }) => `Your objection is answered; who is not satisfied may complain: ${title}`,
    'answer-to-objection': ({ title }) => `The owner has answered an objection: ${title}`,
    'hold-ended': ({ title }) => `The suspension ended by date, and the tender goes on: ${title}`,
    'outage-to-approve': ({ from, until }) => `An outage (${clockOf(from)} to ${clockOf(until)}) waits for a second operator before deadlines move; who reported it cannot agree`,
    'outage-approved': ({ from, until, extended }) => `Two operators have confirmed an outage (${clockOf(from)} to ${clockOf(until)}); ${extended === 1 ? '1 tender was' : extended ? `${extended} tenders were` : 'no tender had to be'} extended`,
    'draft-handed-over': ({ title }) => `A delegate has finished a draft for you to check and publish: ${title}`,
    'bid-received': ({ title }) => `Your bid is received, keep the receipt: ${title}`,
    'bid-replaced': ({ title }) => `Your bid is replaced, the new receipt counts: ${title}`,
    'bid-withdrawn': ({ title }) => `Your bid is withdrawn, you may bid again until the deadline: ${title}`,
    'bidding-closed': ({ title }) => `Bidding has closed, the public draw comes next: ${title}`,
    'own-bidding-closed': ({ title, eligible }) => `Bidding has closed${eligible === undefined ? '' : ` with ${eligible} eligible`}, the public draw comes next: ${title}`,
    'bids-opened': ({ title }) => `The bids are opened and every price is public: ${title}`,
    'price-to-explain': ({ title }) => `Your price is marked as low; explain it before the prices are ranked: ${title}`,
    'price-explained': ({ title }) => `An agency explained its low price: ${title}`,
    'tender-failed': ({ title }) => `The tender failed, nobody was chosen: ${title}`,
    'own-tender-failed': ({ title }) => `The tender failed, you can publish it again: ${title}`,
    'award-won': ({ title }) => `You were chosen: ${title}`,
    'award-to-another': ({ title }) => `The result is public and another agency was chosen; you can verify the order yourself: ${title}`,
    'own-tender-awarded': ({ title, winner }) => `The result is public${winner ? `, chosen was ${winner}` : ''}: ${title}`,
    'award-binds': ({ title }) => `The publicity is over: your award binds and its notice can be printed: ${title}`,
    'award-binds-for-another': ({ title, winner }) => `The publicity is over and the result binds${winner ? `; the winner is ${winner}` : ''}: ${title}`,
    'own-award-binds': ({ title, winner }) => `The publicity is over and the result binds; please contract with ${winner || 'the winner'}: ${title}`,
    'agency-admitted': ({ name }) => `${name} is registered and active, you can offer services now`,
    'agency-to-check': ({ name }) => `${name} has registered and waits for the formal check`,
    'check-passed': ({ name }) => `${name} has passed the formal check`,
    'check-returned': ({ name }) => `The papers of ${name} need mending; see the reasons and answer`,
    'check-answered': ({ name }) => `${name} has answered the returned check`,
    sanctioned: ({ name }) => `A decision that keeps ${name} from bidding was recorded; see what it says and until when`,
    'sanction-lifted': ({ name }) => `A decision that kept ${name} from bidding was lifted; it can bid again`,
    'demand-decided': ({ authority, service, verdict }) => `${authority} asked for ${quoted(service)} in your project; the list says: ${verdictOf(verdict)}`,
    'demand-refused': ({ authority, service }) => `${authority} asked for ${quoted(service)}; the list says it may not be required`,
    'own-demand-refused': ({ service }) => `Your office asked for ${quoted(service)}; the list says it may not be required, please do not ask the applicant again`,
    'service-retired': ({ number, service, count }) => `Version ${number} of the list removes “${service}”${others(count)}; from its first day no new tender can be published for it`,
    'service-reworded': ({ number, service, count }) => `Version ${number} of the list changes “${service}”${others(count)}; please check your offer`,
    'list-version': ({ number }) => `Version ${number} of the list is adopted; from its first day demands follow it`,
    'delegate-invited': ({ role }) => `Your organisation has invited a delegate (${ROLES[role]}); revoke it if that was not meant`,
    'delegate-joined': ({ role }) => `A delegate has accepted and acts for your organisation now (${ROLES[role]})`,
  },
  refusals: {
    'no-such-message': 'There is no such message, or it is not for you.',
  },
}
