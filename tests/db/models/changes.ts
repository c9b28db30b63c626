import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { publishAgain } from '#app/domain/tenders/publish-again.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { act, notOpen } from './command.ts'
import { seconds, tell, TIMES, type Model } from './model.ts'
import { move, ranksAfter, resume, stateOf } from './steps.ts'

const REASON = '图纸有更新，须一并考虑。'

/** What is closed stays so, whatever else became of it. */
const notChangeable = (model: Model): string | null => (model.closed ? 'tenders.closed' : notOpen(model))

/** Whom to ask is not what bidders offer for: another contact moves nothing. */
export const correct = (serviceDays: number, contact: string) =>
  act(`the owner corrects to ${serviceDays} days and the contact ${contact}`, {
    refusal: (model) => notChangeable(model) ?? (model.serviceDays === serviceDays && model.contact === contact ? 'changes.nothing' : null),
    really: ({ as, owner, number, tender: { requirements, deliverables } }) => correctTender(as(owner), { number, reason: REASON, requirements, deliverables, contact, serviceDays }),
    done: (model) => {
      const isMaterial = model.serviceDays !== serviceDays
      Object.assign(model, { serviceDays, contact })
      tell(model, 'tender.corrected')
      if (isMaterial && model.now + seconds(TIMES.change) > model.closesAt) move(model, model.now + seconds(TIMES.change))
    },
  })

export const extend = (n: number) =>
  act(`the owner extends by ${n} s`, {
    refusal: (model) => notChangeable(model) ?? (n > TIMES.farthest ? 'changes.too-far' : null),
    really: ({ as, owner, number }) => extendTender(as(owner), { number, by: { n, unit: 's' }, reason: REASON }),
    done: (model) => move(model, model.closesAt + seconds(n)),
  })

export const suspend = (n: number) =>
  act(`the regulator suspends for ${n} s`, {
    refusal: (model) => {
      const state = stateOf(model)
      if (state === 'suspended') return 'changes.suspended'
      if (model.auction && !model.opened && (state === 'frozen' || state === 'auction')) return 'changes.suspend-auction'
      const decides = model.judging && !model.judging.shown ? null : model.picking?.pickBy ?? ranksAfter(model) ?? model.drawsAfter
      if (!['open', 'closing', 'closed', 'frozen', 'opened', 'shortlisted', 'publicity'].includes(state) || (['frozen', 'opened', 'shortlisted'].includes(state) && decides && model.now >= decides)) return 'changes.suspend-late'
      return seconds(n) + model.heldBefore > seconds(TIMES.hold) ? 'changes.hold-too-long' : null
    },
    really: ({ as, office, number }) => suspendTender(as(office), { number, lasting: { n, unit: 's' }, reason: REASON, basis: '政府采购法第五十七条' }),
    done: (model) => {
      model.held = { since: model.now, until: model.now + seconds(n) }
      tell(model, 'tender.suspended')
    },
  })

export const lift = () => act('the regulator lets it go on', { refusal: (model) => (model.held ? null : 'changes.not-suspended'), really: ({ as, office, number }) => liftSuspension(as(office), { number, reason: REASON }), done: resume })

export const cancel = () =>
  act('the owner cancels', {
    refusal: (model) => (model.held ? 'changes.suspended' : model.cancelled ? 'changes.cancelled' : ['open', 'closing', 'closed', 'frozen', 'auction', 'opened'].includes(stateOf(model)) ? null : 'changes.cancel-late'),
    really: ({ as, owner, number }) => cancelTender(as(owner), { number, reason: REASON }),
    done: (model) => {
      const { frozen, opened, auction, closed, drawsAfter, now } = model
      const fixed = { draw: frozen !== null || (closed !== null && now >= drawsAfter!), prices: opened !== null, auction: auction !== null && now >= auction.endsAt, acceptance: false }
      model.cancelled = { afterValue: fixed[model.rules.decidedBy] }
      tell(model, 'tender.cancelled')
    },
  })

export const follow = () =>
  act('the owner publishes again', {
    refusal: (model) => (!['failed', 'cancelled'].includes(stateOf(model)) ? 'tenders.not-failed' : model.followed ? 'life.republished-already' : null),
    really: ({ as, owner, number }) => publishAgain(as(owner), { number }),
    done: (model) => void (model.followed = true),
  })
