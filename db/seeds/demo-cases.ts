import type { Client } from '#app/domain/accounts/actor.ts'
import { CaseInput, ProjectInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { putProject } from '#app/domain/cases/put-project.server.ts'
import type { Context } from '#app/domain/context.ts'
import { findCase } from '#db/repositories/cases.ts'
import { bringCaseStories, once, projectOf } from './demo-case-stories.ts'
import type { Cast } from './demo-tender.ts'

const DAY = 86_400_000

/** What an office needs and what the list yields of it; each is at another point of its way. */
const CASES = [
  {
    serial: 1, applicant: 'owner', approvalItem: 'A39', received: 6, statutoryDays: 15, promisedDays: 10, states: [[1, 6], [3, 5]],
    materials: [
      { code: 'M1', name: '工程勘察报告', source: 'service', service: 'S0401' },
      { code: 'M2', name: '施工图审查申请', state: 'accepted' },
      { code: 'M3', name: '项目备案证明', state: 'accepted' },
    ],
  },
  {
    serial: 2, applicant: 'owner', approvalItem: 'A06', received: 4, statutoryDays: 20, promisedDays: 10, // The note asks for what no document of the case is: here one sees what a note is worth.
    states: [[1, 4], [3, 3], [6, 2, '请委托第三方机构补充交通影响评价报告。']],
    materials: [
      { code: 'M1', name: '规划选址综合论证报告', source: 'service', service: 'R07' },
      { code: 'M2', name: '用地预审与选址申请', state: 'submitted' },
      // Asked for once: the other case has it.
      { code: 'M3', name: '项目备案证明', source: 'shared', sharedFrom: 1, state: 'accepted' },
      // Nobody may ask for it: here one sees what becomes of it when an office does.
      { code: 'M4', name: '安全评估报告', source: 'service', service: 'R37' },
    ],
  },
  {
    serial: 3, applicant: 'school', approvalItem: 'A26', received: 2, statutoryDays: 20, promisedDays: 10, states: [[1, 2]],
    materials: [
      { code: 'M1', name: '初步设计及概算', source: 'service', service: 'R03' },
      { code: 'M2', name: '可行性研究报告批复', state: 'submitted' },
    ],
  },
] as const

/**
 * Cases of the demo's authority, written as its own case system writes them. Those that are there stay as they are;
 * the case system takes over from here what it does not know.
 */
export async function bringCases(context: Context, cast: Cast, { clientId, scopes }: Pick<Client, 'clientId' | 'scopes'>): Promise<void> {
  const { organisationId, uscc, divisionCode } = cast.get('authority')!
  const machine = { ...context, actor: { kind: 'client', clientId, organisationId, uscc: uscc!, divisionCode, scopes } satisfies Client }
  const at = await context.clock.read(context.db)
  const before = (days: number) => new Date(at.getTime() - days * DAY).toISOString()
  const numberOf = (serial: number) => `LY-${before(CASES[0].received).slice(0, 4)}-${String(serial).padStart(4, '0')}`
  for (const { serial, applicant, approvalItem, received, statutoryDays, promisedDays, states, materials } of CASES) {
    const number = numberOf(serial)
    if (await findCase(context.db, { authorityId: organisationId, number })) continue
    const member = cast.get(applicant)!
    const project = await projectOf(context, member)
    if (!project) continue
    const party = { uscc: member.uscc, name: member.organisationName }
    const stated = ProjectInput.parse({ name: project.name, divisionCode: project.division_code, owner: party, flowType: project.flow_type, moneySource: project.money_source })
    await putProject(machine, { code: project.code, input: stated, idempotency: once(stated) })
    const input = CaseInput.parse({
      projectCode: project.code,
      approvalItem,
      flowType: project.flow_type,
      applicant: party,
      statutoryDays,
      promisedDays,
      receivedAt: before(received),
      states: states.map(([state, days, note = '']) => ({ state, at: before(days), note })),
      materials: materials.map((one) => ('sharedFrom' in one ? { ...one, sharedFrom: numberOf(one.sharedFrom) } : one)),
    })
    await putCase(machine, { number, input, say: sayingIn('zh'), idempotency: once(input) })
  }
  await bringCaseStories(machine, cast, { at, numberOf })
}
