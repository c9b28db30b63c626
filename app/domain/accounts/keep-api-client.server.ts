import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { transact } from '#db/client.ts'
import { listApiClients, lockApiClient, saveApiClient, showApiClientRow, updateApiClient } from '#db/repositories/api-clients.ts'
import { listAuthorities } from '#db/views/named-authorities.ts'
import { newId } from '../chance.server.ts'
import type { Context } from '../context.ts'
import { isWithin, prefixOf } from '../divisions/division.ts'
import { tell } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { memberWho } from './actor.ts'
import { OVERLAP_HOURS, type ClientAct, type ClientDeed, type NewClientForm, type ShownClient } from './api-client.ts'
import { hashPassword } from './password.server.ts'

/** A client with its secret, which is said here and nowhere else: only its hash is kept. */
export type Issued = { id: string; secret: string }

/** The clients of the operator's division, and the authorities that may have one. */
export async function showApiClients({ db, actor, clock }: Context): Promise<{ clients: ShownClient[]; authorities: { id: string; name: string; uscc: string }[] }> {
  const { divisionCode } = memberWho(actor, 'keep:api-client')
  const [at, clients, authorities] = await Promise.all([clock.read(db), listApiClients(db, divisionCode), listAuthorities(db, prefixOf(divisionCode))])
  return { clients: clients.map((one) => standing(one, at)), authorities }
}

/** One client. Refuses `clients.none` for another division's too. */
export async function showApiClient({ db, actor, clock }: Context, { id }: { id: string }): Promise<ShownClient> {
  const { divisionCode } = memberWho(actor, 'keep:api-client')
  return standing(mustBeWithin(await showApiClientRow(db, id), divisionCode), await clock.read(db))
}

/** As {@link showApiClient}, held until the transaction ends. */
export async function holdApiClient(trx: Knex.Transaction, { actor }: Pick<Context, 'actor'>, id: string): Promise<ShownClient> {
  return mustBeWithin(await lockApiClient(trx, id), memberWho(actor, 'keep:api-client').divisionCode)
}

/**
 * An operator makes a client for an authority of its division. Of one authority no two live clients have the same name, so a form
 * that is sent twice makes one.
 *
 * @throws Refusal `clients.authority` for what is no authority of the division, `clients.name-taken` at `name`
 */
export async function openClient(context: Context, { authority: organisationId, name, scopes }: NewClientForm): Promise<Issued> {
  const { divisionCode } = memberWho(context.actor, 'keep:api-client')
  const [id, secret] = [newId(), newSecret()]
  const secretHash = await hashPassword(secret)
  return transact(context.db, async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`api-clients:${organisationId}`])
    const office = (await listAuthorities(trx, prefixOf(divisionCode))).find((one) => one.id === organisationId)
    if (!office) throw new Refusal('invalid', 'clients.authority', { field: 'authority' })
    const live = (await listApiClients(trx, divisionCode)).filter(({ authority, revokedAt }) => authority.uscc === office.uscc && !revokedAt)
    if (live.some((one) => one.name === name)) throw new Refusal('conflict', 'clients.name-taken', { field: 'name' })
    const at = await context.clock.read(trx)
    await saveApiClient(trx, { id, name, secretHash, organisationId, scopes, createdAt: at })
    await tellOf(trx, context, (await showApiClientRow(trx, id))!, { at, did: 'made', scopes })
    return { id, secret }
  })
}

/**
 * Gives a client another secret, takes scopes from it, or ends it. Tokens that it has are asked again at each call, so what is taken
 * is taken at once. A secret that nobody has learnt is taken for {@link OVERLAP_HOURS} beside the new one; a third one ends the first.
 *
 * @returns the new secret where there is one
 * @throws Refusal `clients.none` (404), `clients.revoked`, `clients.changed` where somebody changed it since the version that was seen,
 *   `clients.wider` and `clients.no-narrower` at `scopes`: scopes are only taken away; more is a new client
 */
export async function changeClient(context: Context, { id, ...act }: ClientAct & { id: string }): Promise<Issued | null> {
  const { divisionCode } = memberWho(context.actor, 'keep:api-client')
  const secret = act.act === 'rotate' ? newSecret() : null
  const secretHash = secret && (await hashPassword(secret))
  return transact(context.db, async (trx) => {
    const client = mustBeWithin(await lockApiClient(trx, id), divisionCode)
    if (client.revokedAt) throw new Refusal('conflict', 'clients.revoked')
    if (client.version !== act.version) throw new Refusal('conflict', 'clients.changed')
    const at = await context.clock.read(trx)
    if (act.act === 'rotate') {
      const until = act.overlap === 'overlap' ? new Date(at.getTime() + OVERLAP_HOURS * 3_600_000) : null
      await updateApiClient(trx, id, { secretHash: secretHash!, previousSecretHash: until && client.secretHash, previousUntil: until })
      await tellOf(trx, context, client, { at, did: 'rotated', until: until?.toISOString() ?? null })
      return { id, secret: secret! }
    }
    if (act.act === 'narrow') {
      if (act.scopes.some((scope) => !client.scopes.includes(scope))) throw new Refusal('invalid', 'clients.wider', { field: 'scopes' })
      if (act.scopes.length === client.scopes.length) throw new Refusal('invalid', 'clients.no-narrower', { field: 'scopes' })
      await updateApiClient(trx, id, { scopes: act.scopes })
      await tellOf(trx, context, client, { at, did: 'narrowed', scopes: act.scopes })
      return null
    }
    await updateApiClient(trx, id, { revokedAt: at, previousSecretHash: null, previousUntil: null })
    await tellOf(trx, context, client, { at, did: 'revoked' })
    return null
  })
}

/** An overlap that is over is none. */
function standing(client: ShownClient, at: Date): ShownClient {
  return { ...client, previousUntil: client.previousUntil && client.previousUntil > at ? client.previousUntil : null }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

function mustBeWithin<T extends ShownClient>(client: T | undefined, divisionCode: string): T {
  if (!client || !isWithin(client.divisionCode, divisionCode)) throw new Refusal('missing', 'clients.none')
  return client
}

/**
 * The ledger hears which authority's machine may do what; the client's number is half of its credentials and told as a salted hash. The
 * authority's own people hear of it too, since it acts in their name.
 */
export async function tellOf(trx: Knex.Transaction, context: Context, { id, name, authority, divisionCode, scopes: before }: ShownClient, { at, did, scopes, until, ended }: { at: Date; did: ClientDeed; scopes?: readonly string[]; until?: string | null; /** What was ended: its id, and its name or address. */ ended?: { id: string; name: string } }): Promise<void> {
  await tell(trx, context, {
    at,
    act: 'keep:api-client',
    kind: `api-client.${did}`,
    subject: authority.uscc,
    divisionCode,
    facts: { authority: authority.uscc, ...(scopes && { scopes: [...scopes] }) },
    concealed: { client: id, ...(ended && { ended: ended.id }) },
    event: { type: 'marketplace.api-client.changed.v1', subject: authority.uscc, data: { authority: authority.uscc, name, did } },
    details: { client: id, name, kind: did, ...(scopes && { before: [...before], scopes: [...scopes] }), ...(until !== undefined && { previousUntil: until }), ...(ended && { ended }) },
  })
}
