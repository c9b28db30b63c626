import type { Role } from './actor.ts'

/** The desk that each role works at: the name of a function in `app/paths.ts`. */
export const DESKS = {
  agency: 'agencyDesk',
  owner: 'ownerDesk',
  authority: 'authorityDesk',
  regulator: 'regulatorDesk',
  operator: 'operatorDesk',
  judge: 'judgeDesk',
} as const satisfies Record<Role, string>
