import type { Knex } from 'knex'
import { saveDeviceMark } from '#db/repositories/device-marks.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { dayOf, endOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { deviceMark } from './device.ts'

type Marked = { tender: { id: string; divisionCode: string }; number: string; organisationId: string; at: Date }

/**
 * Keeps which browser published a tender or bid in it, as a mark that is deleted after the policy's `deviceMark` period.
 * It is in no audit, no ledger entry and no event; a regulator's lead alone is made of it, once the tender has closed.
 * Nothing is kept of whoever acts by no browser.
 */
export async function markDevice(trx: Knex.Transaction, { keyring, device }: Pick<Context, 'keyring' | 'device'>, { tender, number, organisationId, at }: Marked): Promise<void> {
  if (!device) return
  const { deviceMark: kept } = await policiesOf(trx, tender.divisionCode, dayOf(at))
  await saveDeviceMark(trx, { tenderId: tender.id, organisationId, mark: deviceMark(keyring, { tender: number, token: device() }), expiresAt: endOf(at, kept.value).at })
}
