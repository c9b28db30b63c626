import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { readMessages } from '#app/domain/notices/read-messages.server.ts'
import { DEMO_PEOPLE } from '../demo-people.ts'
import { diceFor } from './dice.ts'
import { daysBefore, type Stage } from './stage.ts'

const AT_ONCE = 400
const EVERYTHING = Number.MAX_SAFE_INTEGER

/** Whoever can be played read their messages until lately: what is new when one becomes them is of the last days. */
export function planInboxes(stage: Stage): void {
  stage.plan('inboxes', daysBefore(stage, 3, diceFor('inboxes')), async () => {
    const deliver = () => stage.tick('inboxes/delivered', SYSTEM, (context) => deliverMessages(context, AT_ONCE))
    while ((await deliver()).events === AT_ONCE);
    for (const { signInName } of DEMO_PEOPLE) {
      const reader = stage.cast.get(signInName)
      if (reader) await stage.tick(`inboxes/${signInName}`, reader, (context) => readMessages({ ...context, actor: reader }, { upTo: EVERYTHING }))
    }
  })
}
