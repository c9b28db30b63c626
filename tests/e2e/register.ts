import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { makeUscc } from '#tests/support/factories.ts'
import { PDF } from '#tests/support/registration.ts'
import type { Person } from './person.ts'

/**
 * Registers an agency page by page, as a newcomer does. `looking` looks at every page on the way and takes the detours: back,
 * a change from the check page, and a list's second entry.
 */
export async function registerInSteps(agency: Person, { looking = false }: { looking?: boolean } = {}): Promise<{ name: string }> {
  const { registration } = agency.words
  const name = `长春新立咨询有限公司${randomUUID().slice(0, 4)}`
  const password = `${randomUUID().slice(0, 18)}Q`
  const look = async (page: string) => (looking ? agency.look(`register-${page}`) : undefined)
  const at = async (step: string) => {
    expect(new URL(agency.page.url()).pathname).toBe(step === 'check' ? paths.registerCheck() : paths.registerStep(step))
    await look(step)
  }
  const goOn = () => agency.press(registration.saveAndGoOn)

  await agency.open(paths.register({ as: 'agency' }))
  await look('begin')
  await agency.press(registration.begin)
  await at('organisation')
  await agency.fill({ uscc: makeUscc(), name, divisionCode: '220106', address: `长春市绿园区创新路${Math.floor(Math.random() * 900)}号`, phone: `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}` })
  await goOn()
  await at('account')
  await agency.fill({ displayName: '刘新立', signInName: `new-${randomUUID().slice(0, 8)}`, password, passwordAgain: password })
  await goOn()
  await at('people')
  await agency.fill({ legalRepresentative: `刘${randomUUID().slice(0, 4)}`, contactName: '刘联络', contactPhone: '13900001111' })
  await goOn()
  await at('documents')
  await agency.fill({ kind: 'licence' })
  await agency.page.locator('main [name="file"]').setInputFiles({ name: '执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) })
  if (looking) {
    await agency.press(registration.add.documents)
    expect(await agency.text()).toContain('执照.pdf')
    await look('documents-added')
  }
  await goOn()
  await at('qualifications')
  if (looking) {
    await agency.fill({ kind: 'Q13|甲级', number: '甲测资字 22100001', issuer: '自然资源部', validUntil: '2030-12-31' })
    await agency.press(registration.add.qualifications)
    await look('qualifications-added')
  }
  await goOn()
  await at('practitioners')
  await goOn()
  await at('introduction')
  await goOn()
  await at('commitment')
  await agency.fill({ commitment: 'yes' })
  await goOn()
  await at('check')
  if (looking) {
    await agency.follow({ href: paths.registerStep('people', { from: 'check' }) })
    await agency.fill({ contactName: '刘改名' })
    await agency.press(registration.saveAndCheck)
    await at('check')
    expect(await agency.text()).toContain('刘改名')
  }
  await agency.press(registration.send)
  return { name }
}
