import { dayOf } from '#app/domain/calendar.ts'
import { makeProjectCode } from './factories.ts'
import { RARE, type FormRow } from './form-row.ts'
import type { Site } from './site.ts'
import { cookieOf, type World } from './world.ts'

/** The forms of the case desk. */
export async function formsOfCases(site: Site, { people, ids }: World, listing: { code: string }): Promise<FormRow[]> {
  const cookie = await cookieOf(site, people.authority)
  const desk = (form: 'state' | 'material', fields: FormRow['fields']): FormRow => ({ route: 'authority/edit-case.tsx', form, path: `/authority/cases/${ids.case}`, cookie, fixed: { act: form }, fields, spoilable: ['act'] })
  return [
    {
      route: 'authority/new-case.tsx',
      form: 'case',
      path: '/authority/cases/new',
      cookie,
      makes: 'cases',
      fields: {
        number: { kind: 'code', good: '长环审〔2026〕22号', most: 64, typed: '长环审〔２０２６〕２２号' },
        approvalItem: { kind: 'text', good: 'A01', most: 200 },
        projectCode: { kind: 'code', good: makeProjectCode() },
        flowType: { kind: 'choice', good: 'industrial' },
        applicantName: { kind: 'text', good: '王一', most: 100, typed: RARE },
        applicantUscc: { kind: 'code', good: people.owner.uscc!, optional: true },
        receivedOn: { kind: 'code', good: '2026-11-20', optional: true },
        statutoryDays: { kind: 'code', good: '20', typed: '２０ 个工作日', optional: true },
        promisedDays: { kind: 'code', good: '10', optional: true },
        usual: { kind: 'tick', good: 'yes', optional: true },
      },
    },
    desk('state', { state: { kind: 'choice', good: '8' }, since: { kind: 'code', good: dayOf(new Date()), optional: true, late: true }, note: { kind: 'text', good: '材料齐全', most: 500, typed: `${RARE}齐全`, optional: true } }),
    { route: 'authority/edit-case.tsx', form: 'take-back', path: `/authority/cases/${ids.case}`, cookie, fixed: { act: 'take-back', place: '99' }, fields: { mistake: { kind: 'text', good: '日期记错了', most: 500, typed: `${RARE}记错了` } }, spoilable: ['act', 'place'], refused: true },
    { route: 'authority/edit-case.tsx', form: 'remove', path: `/authority/cases/${ids.case}`, cookie, fixed: { act: 'remove', code: 'NO-SUCH' }, fields: {}, spoilable: ['act', 'code'], refused: true },
    desk('material', {
      code: { kind: 'text', good: 'M1', most: 64 },
      name: { kind: 'text', good: '水土保持方案', most: 200, typed: `${RARE}方案` },
      source: { kind: 'choice', good: 'service', optional: true },
      service: { kind: 'code', good: listing.code, optional: true, late: true },
      materialState: { kind: 'choice', good: 'turned-away', optional: true },
      reason: { kind: 'text', good: '图纸不全', most: 500, typed: `${RARE}图纸不全`, optional: true },
    }),
    { route: 'account/case.tsx', form: 'register', path: `/cases/${ids.case}`, cookie: await cookieOf(site, people.owner), fixed: { act: 'register' }, fields: {}, spoilable: ['act'], refused: true },
  ]
}
