import type { Site } from './site.ts'
import type { Answer, Visitor } from './visitor.ts'
import { makeUscc, unique } from './factories.ts'

export const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'

type Given = { uscc?: string; name?: string; legalRepresentative?: string; phone?: string; address?: string; introduction?: string; password?: string; signInName?: string }

/** What somebody fills into each step of an agency's registration. */
export function registrationForm({ password = '四月的雨落在净月潭边上', ...given }: Given = {}) {
  return {
    organisation: { uscc: given.uscc ?? makeUscc(), name: given.name ?? unique('长春某咨询有限公司'), divisionCode: '220106', address: given.address ?? '长春市绿园区正阳街 9 号', phone: given.phone ?? '0431-87654321' },
    account: { displayName: '王经办', signInName: given.signInName ?? unique('wang').toLowerCase(), password, passwordAgain: password },
    people: { legalRepresentative: given.legalRepresentative ?? '王一', agentName: '', contactName: '王二', contactPhone: '13900001111' },
    introduction: { introduction: given.introduction ?? '', serviceDivisions: ['220100'] },
    commitment: { commitment: 'yes' },
  }
}

/** Goes through every step as a browser without scripts does, up to the page where the answers are checked. */
export async function walkRegistration(visitor: Visitor, given: ReturnType<typeof registrationForm>): Promise<Answer> {
  await visitor.submit('/register?as=agency', { intent: 'begin' })
  const step = (name: string, form: Parameters<Visitor['post']>[1]) => visitor.submit(`/register/agency/${name}`, form)
  for (const name of ['organisation', 'account', 'people'] as const) await step(name, { intent: 'next', ...given[name] })
  await step('documents', { intent: 'next', kind: 'licence', file: new File([PDF], '执照.pdf') })
  for (const name of ['qualifications', 'practitioners']) await step(name, { intent: 'next' })
  await step('introduction', { intent: 'next', ...given.introduction })
  return step('commitment', { intent: 'next', ...given.commitment })
}

/** The demo's operator, signed in. */
export async function operatorOf(site: Site): Promise<Visitor> {
  const { signIn } = site.demo!.accounts.find(({ role }) => role === 'operator')!
  const visitor = site.visitor()
  await visitor.signIn(signIn.name, signIn.password)
  return visitor
}
