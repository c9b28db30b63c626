import type { Member } from '#app/domain/accounts/actor.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { CatalogueVersion } from '#app/domain/catalogue/catalogue.ts'
import type { Context } from '#app/domain/context.ts'
import { adoptProposal } from '#app/domain/governance/adopt-proposal.server.ts'
import { beginProposal, putRetirement, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { giveOpinion } from '#app/domain/governance/give-opinion.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { EntryForm } from '#app/domain/governance/proposal-form.ts'
import { OPINIONS, type OpinionKind } from '#app/domain/governance/proposal.ts'
import { propose } from '#app/domain/governance/propose.server.ts'
import type { TestDatabase } from './database.ts'
import { CHANGCHUN, organisation } from './factories.ts'

/** A regulator's manager with three colleagues, so that an opinion is always another person's. */
export type Regulators = { manager: Member; colleagues: Member[] }

export async function regulators({ owner }: Pick<TestDatabase, 'owner'>, { divisionCode = CHANGCHUN } = {}): Promise<Regulators> {
  const manager = await organisation(owner, { role: 'regulator', divisionCode })
  const colleagues: Member[] = []
  for (const place of [1, 2, 3]) {
    const other = await organisation(owner, { role: 'regulator', divisionCode, duty: 'delegate' })
    // The same office: its people differ and their organisation does not.
    await owner('memberships').where({ account_id: other.accountId }).update({ organisation_id: manager.organisationId })
    colleagues.push({ ...manager, accountId: other.accountId, displayName: `同事${place}`, duty: 'delegate' })
  }
  return { manager, colleagues }
}

export const entry = (given: Record<string, string> = {}) =>
  EntryForm.parse({ name: '树木移植方案编制', nature: 'statutory', bases: '行政法规｜城市绿化条例｜第二十条', items: 'A45', reason: '依据已经核对', ...given })

export const ABOUT = { title: '列入一项有法定依据的服务', reason: '依据齐全，各部门实际在用。', basis: '优化营商环境条例第四十三条' }

type Changes = { wordings?: Record<string, string>[]; retire?: string[]; urgentReason?: string | null }
type As = (member: Member, at?: string) => Context

/** A draft with its entries, proposed. */
export async function proposed(as: As, { manager }: Regulators, { wordings = [], retire = [], urgentReason = null }: Changes, at?: string): Promise<string> {
  const { id } = await beginProposal(as(manager, at), ABOUT)
  for (const wording of wordings) await putWording(as(manager, at), { id, form: entry(wording) })
  for (const code of retire) await putRetirement(as(manager, at), { id, code, reason: '事项取消' })
  return (await propose(as(manager, at), { id, urgentReason })).number
}

/** All four opinions, in favour but for those that are named. */
export async function examined(as: As, { colleagues }: Regulators, number: string, { against = [], at }: { against?: OpinionKind[]; at?: string } = {}): Promise<void> {
  for (const [place, kind] of OPINIONS.entries()) await giveOpinion(as(colleagues[place % 3]!, at), { number, kind, favours: !against.includes(kind), office: '法规处', words: '已经审查，理由充分。' })
}

/** The whole procedure without a comment, ending with a version from a day. */
export async function adopted(as: As, people: Regulators, changes: Changes, { from, at, later }: { from: Day; at?: string; later: string }): Promise<CatalogueVersion> {
  const number = await proposed(as, people, changes, at)
  await examined(as, people, number, { ...(at && { at }) })
  if (!changes.urgentReason) await openComment(as(people.manager, at), { number })
  return adoptProposal(as(people.manager, later), { number, from, note: '按程序通过' })
}
