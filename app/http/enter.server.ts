import type { AppLoadContext } from '@remix-run/node'
import { findSession, memberOf } from '#app/domain/accounts/find-session.server.ts'
import { rotateSession } from '#app/domain/accounts/rotate-session.server.ts'
import { memberWho, VISITOR, type Actor, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { paths } from '#app/paths.ts'
import { redirect } from '@remix-run/node'
import { readForm } from './form.server.ts'
import { keepAndSignIn } from './kept-form.server.ts'
import { makeSessionCookie, sessionTokenOf } from './session-cookie.server.ts'
import { theServices } from './services.server.ts'

type Arrived = { request: Request; context: AppLoadContext }

/** Turns a request into the context that verbs are handed: who calls, and with which trace. */
export async function enter({ request, context: arrival }: Arrived): Promise<Context> {
  const { db, clock, keyring, config } = theServices()
  return { db, clock, keyring, actor: await actorOf(request, arrival), traceId: arrival.traceId, mirrors: config.drandMirrors }
}

/** The frame and the page ask who is there in one breath; the answer is the same, so the database is asked once. */
const reading = new WeakMap<AppLoadContext, Promise<Actor>>()

function actorOf(request: Request, arrival: AppLoadContext): Promise<Actor> {
  // An action may change who one is, so only what is asked for reading is remembered.
  if (request.method !== 'GET') return findActor(request, arrival)
  const known = reading.get(arrival) ?? findActor(request, arrival)
  reading.set(arrival, known)
  return known
}

/** Who calls; a session that is due for it gets its new token on the way. */
async function findActor(request: Request, arrival: AppLoadContext): Promise<Actor> {
  const token = sessionTokenOf(request)
  if (!token) return VISITOR
  const { db, clock } = theServices()
  const session = await findSession(db, clock, token)
  if (!session) return VISITOR
  const next = await rotateSession(db, session)
  if (next) arrival.setCookie?.(makeSessionCookie(next))
  return memberOf(session) ?? VISITOR
}

/** Enters as a member who holds this right. A visitor is sent to sign in and comes back; anybody else gets 403. */
export async function enterAs(arrived: Arrived, permission: Permission): Promise<Context & { actor: Member }> {
  const context = await enter(arrived)
  try {
    return { ...context, actor: memberWho(context.actor, permission) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.kind === 'unauthenticated') throw await toSignIn(arrived.request)
    throw new Response(error.code, { status: 403 })
  }
}

/** To the sign-in and back again. What was sent over an ended session is kept meanwhile; a stranger's form is not even read. */
async function toSignIn(request: Request): Promise<Response> {
  if (request.method === 'POST' && sessionTokenOf(request)) return keepAndSignIn(request, await readForm(request))
  return redirect(paths.signIn({ next: pathOf(request) }))
}

/** Where to come back to after signing in; a form's own address, since only a page can be shown again. */
function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname.replace(/\.data$/, '') + search
}
