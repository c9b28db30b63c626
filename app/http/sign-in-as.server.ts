import type { AppLoadContext } from '@remix-run/node'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import type { Context } from '#app/domain/context.ts'
import { sessionTokenOf } from './session-cookie.server.ts'
import { welcome } from './session-reply.server.ts'

/** Signs in whoever has just registered: the registration has proven who they are. */
export async function signInAs({ request, context: arrival }: { request: Request; context: AppLoadContext }, context: Context, accountId: string, done: string): Promise<Response> {
  const proven = { name: 'registration', identify: async () => accountId }
  return welcome(await signIn(context, { provider: proven, proof: {}, ip: arrival.ip, userAgent: request.headers.get('user-agent') ?? '', formerToken: sessionTokenOf(request) }), done)
}
