import type { Heard } from './who-hears.ts'

/** The holders of bids that are sealed in shares hear when these are wanted. */
export const KEYS_HEARD: Record<string, Heard> = {
  'marketplace.tender.keys-wanted.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'keys-wanted', duty: 'manager' }, { audience: 'regulators-of-tender', kind: 'keys-wanted', duty: 'manager' }] },
}
/** Who registers a key or shows its shares was there. */
export const KEYS_SILENT = ['marketplace.holder-key.registered.v1', 'marketplace.tender.shares-released.v1'] as const
