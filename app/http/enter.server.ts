import type { AppLoadContext } from '@remix-run/node'
import { findSessionMember } from '#app/domain/accounts/find-session.server.ts'
import { memberWho, VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { paths } from '#app/paths.ts'
import { redirect } from '@remix-run/node'
import { sessionTokenOf } from './session-cookie.server.ts'
import { theServices } from './services.server.ts'

type Arrived = { request: Request; context: AppLoadContext }

/** Turns a request into the context that verbs are handed: who calls, and with which trace. */
export async function enter({ request, context: arrival }: Arrived): Promise<Context> {
  const { db, clock, keyring } = theServices()
  const token = sessionTokenOf(request)
  const actor = token ? ((await findSessionMember(db, clock, token)) ?? VISITOR) : VISITOR
  return { db, clock, keyring, actor, traceId: arrival.traceId }
}

/** Enters as a member who holds this right. A visitor is sent to sign in and comes back; anybody else gets 403. */
export async function enterAs(arrived: Arrived, permission: Permission): Promise<Context & { actor: Member }> {
  const context = await enter(arrived)
  try {
    return { ...context, actor: memberWho(context.actor, permission) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.kind === 'unauthenticated') throw redirect(paths.signIn({ next: pathOf(arrived.request) }))
    throw new Response(error.code, { status: 403 })
  }
}

/** Where to come back to after signing in; a form's own address, since only a page can be shown again. */
function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname.replace(/\.data$/, '') + search
}
