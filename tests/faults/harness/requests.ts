import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { transact } from '#db/client.ts'
import type { Chance } from './chance.ts'
import type { Story, What } from './story.ts'

/** Somebody who has signed in. */
export type Person = { member: Member; cookie: string }
/** A form as a browser sends it; only a redirect that ends in `done` is an acknowledgement. */
export type Form = { what: What; path: string; fields: Record<string, string>; done: string }
export type Answer = 'done' | 'refused' | 'unanswered'
export type Send = (address: string, cookie: string, form: Form) => Promise<Answer>
/** Where forms are sent, and where it is written down what came of them. */
export type Line = { addresses: readonly string[]; story: Story; chance: Chance; send: Send }

/** Between two forms of one person, in milliseconds. */
export const PAUSE = 120
const ANSWER_WITHIN = 4_000
const TRIES = 3
/** From the first sending of a form to the last that may still be taken, in milliseconds. */
export const INSISTING = TRIES * (ANSWER_WITHIN + PAUSE)

export async function signedIn(db: Knex, member: Member): Promise<Person> {
  const { token } = await transact(db, (trx) => openSession(trx, { accountId: member.accountId, userAgent: 'harness', at: new Date() }))
  return { member, cookie: `mingdan-session=${token}` }
}

/** Sends a form to whichever web. A person whose browser shows an error sends the same form again; the address is the one that said it is done. */
export async function ask({ addresses, story, chance, send }: Line, { cookie }: Person, form: Form): Promise<{ answer: Answer; address: string }> {
  for (let tries = 1; ; tries++) {
    const address = chance.oneOf(addresses)
    story.asked.push(form.what)
    const answer = await send(address, cookie, form)
    if (answer === 'unanswered') story.unanswered.push(form.what)
    if (answer !== 'unanswered' || tries === TRIES) return { answer, address }
    await sleep(PAUSE)
  }
}

/** Sends the form. */
export async function post(address: string, cookie: string, { path, fields, done }: Form): Promise<Answer> {
  try {
    const answer = await fetch(`${address}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { Cookie: cookie, Origin: address, 'Sec-Fetch-Site': 'same-origin' }, signal: AbortSignal.timeout(ANSWER_WITHIN) })
    await answer.arrayBuffer()
    if (answer.headers.get('location')?.endsWith(done)) return 'done'
    return answer.status >= 500 ? 'unanswered' : 'refused'
  } catch {
    return 'unanswered'
  }
}

export async function textAt(url: string, { cookie }: Person): Promise<string | null> {
  try {
    const answer = await fetch(url, { headers: { Cookie: cookie }, signal: AbortSignal.timeout(ANSWER_WITHIN) })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}
