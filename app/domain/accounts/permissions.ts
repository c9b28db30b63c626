import type { Duty, Role } from './actor.ts'

export type Scope = 'guard:decide' | 'guard:validate' | 'guard:read' | 'catalogue:read' | 'project:write' | 'case:write' | 'case:read' | 'webhooks:manage' | 'feed:read' | 'events:send'

type Rule = { roles: readonly Role[]; duties?: readonly Duty[]; scope?: Scope }

/**
 * The one permission table. Pages hide what it denies, verbs refuse what it denies, tests walk it.
 * An operator runs the site and has no say in results; a regulator governs the list and never buys.
 */
export const PERMISSIONS = {
  'adopt:listing': { roles: ['regulator'], duties: ['manager'] },
  'retire:listing': { roles: ['regulator'], duties: ['manager'] },
  'propose:listing': { roles: ['regulator'] },
  'give:opinion': { roles: ['regulator'] },
  'read:lottery': { roles: ['regulator'] },
  'grade:agency': { roles: ['regulator'], duties: ['manager'] },
  'see:demands': { roles: ['regulator'] },
  'see:leads': { roles: ['regulator'] },
  'record:sanction': { roles: ['regulator'], duties: ['manager'] },
  'record:demand': { roles: ['authority'], scope: 'guard:decide' },
  'validate:demand': { roles: ['authority', 'regulator'], scope: 'guard:validate' },
  'see:own-demands': { roles: ['authority'], scope: 'guard:read' },
  'state:project': { roles: ['authority'], scope: 'project:write' },
  'keep:case': { roles: ['authority'], scope: 'case:write' },
  'see:own-cases': { roles: ['authority'], scope: 'case:read' },
  'see:cases': { roles: ['regulator'] },
  // Whose case it is stays the verb’s question.
  'see:case': { roles: ['owner', 'authority', 'regulator'] },
  'uphold:demand': { roles: ['authority'], scope: 'guard:decide' },
  'tell:turned-away': { roles: ['authority', 'owner'] },
  'decide:words': { roles: ['regulator'] },
  'open:inquiry': { roles: ['regulator'] },
  'decide:inquiry': { roles: ['regulator'], duties: ['manager'] },
  'reply:inquiry': { roles: ['authority', 'owner', 'agency'] },
  'read:inquiries': { roles: ['regulator', 'authority', 'owner', 'agency'] },
  'offer:service': { roles: ['agency'] },
  'keep:agency': { roles: ['agency'] },
  'submit:bid': { roles: ['agency'] },
  'explain:quote': { roles: ['agency'] },
  'ask:question': { roles: ['agency'] },
  'answer:question': { roles: ['owner', 'authority'] },
  'change:tender': { roles: ['owner', 'authority'], duties: ['manager'] },
  'suspend:tender': { roles: ['regulator'], duties: ['manager'] },
  'object:award': { roles: ['agency'] },
  'answer:objection': { roles: ['owner', 'authority'] },
  // Lay people: no office witnesses what it supervises, approves or runs.
  'witness:result': { roles: ['owner', 'agency'] },
  'decline:award': { roles: ['agency'] },
  'file:contract': { roles: ['agency', 'owner', 'authority'] },
  'confirm:contract': { roles: ['agency', 'owner', 'authority'], duties: ['manager'] },
  'deliver:result': { roles: ['agency'] },
  'accept:result': { roles: ['owner', 'authority'], duties: ['manager'] },
  'hold:key': { roles: ['owner', 'authority', 'regulator'], duties: ['manager'] },
  'pick:shortlist': { roles: ['owner', 'authority'], duties: ['manager'] },
  'register:project': { roles: ['owner', 'authority'] },
  'draft:tender': { roles: ['owner', 'authority'] },
  'publish:tender': { roles: ['owner', 'authority'], duties: ['manager'] },
  'see:agencies': { roles: ['operator', 'regulator'] },
  'check:agency': { roles: ['operator'] },
  'import:agencies': { roles: ['operator'], duties: ['manager'] },
  'see:operation': { roles: ['operator'] },
  // The national tables: what would be refused, and which national codes there are.
  'check:exchange': { roles: ['operator', 'regulator'] },
  'name:national-code': { roles: ['regulator'], duties: ['manager'] },
  'claim:outage': { roles: ['operator'] },
  // Which days are worked moves every running limit alike, forward only and in the ledger.
  'keep:calendar': { roles: ['operator'], duties: ['manager'] },
  // Whose project it is where offices name another than its registrant.
  'settle:project': { roles: ['operator'], duties: ['manager'] },
  // Which machine speaks for an authority, and what it may.
  'keep:api-client': { roles: ['operator'], duties: ['manager'] },
  // What one machine tells another; no person of an authority does it by hand.
  'keep:webhook': { roles: [], scope: 'webhooks:manage' },
  'read:feed': { roles: [], scope: 'feed:read' },
  'send:events': { roles: [], scope: 'events:send' },
  'replay:delivery': { roles: ['operator'] },
  'look:up': { roles: ['operator', 'regulator'] },
  'invite:judge': { roles: ['owner', 'authority'], duties: ['manager'] },
  'judge:tender': { roles: ['judge'] },
  'read:inbox': { roles: ['agency', 'owner', 'authority', 'regulator', 'operator', 'judge'] },
  'invite:delegate': { roles: ['agency', 'owner', 'authority', 'regulator', 'operator'], duties: ['manager'] },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof PERMISSIONS
