import { SYSTEM } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { closeServices, theServices } from '#app/http/services.server.ts'
import { traceIdOf } from '#app/http/trace.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'

/** Runs a verb for whoever has a shell on the machine: prints the line it ends with, or why it was refused. */
export async function asOperator(work: (context: Context) => Promise<string>): Promise<void> {
  const { db, clock, keyring } = theServices()
  try {
    console.log(await work({ db, clock, keyring, actor: SYSTEM, traceId: traceIdOf(undefined) }))
  } catch (error) {
    if (!isRefusal(error)) throw error
    console.error(sentenceOf(wordsOf('en'), error.code, error.params))
    process.exitCode = 1
  } finally {
    await closeServices()
  }
}
