import { randomUUID } from 'node:crypto'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { addQualification } from '#app/domain/agencies/keep-qualifications.server.ts'
import { inviteDelegate } from '#app/domain/accounts/invite-delegate.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { databaseClock } from '#db/client.ts'
import * as make from './factories.ts'
import { registrationForm } from './registration.ts'
import { tendersFor } from './form-tenders.ts'
import type { Site } from './site.ts'
import type { FormField } from './spoilt.ts'
import { RARE, type FormRow } from './form-row.ts'
import { formsOfCases } from './form-cases.ts'
import { formsOfClients } from './form-clients.ts'
import { formsOfInquiries } from './form-inquiries.ts'
import { formsOfContracts } from './form-contracts.ts'
import { formsOfGovernance } from './form-governance.ts'
import { formsOfMerit } from './form-merit.ts'
import { keyPair } from './two-keys.ts'
import { cookieOf, type World } from './world.ts'

const text = (good: string, most: number, typed?: string): FormField => ({ kind: 'text', good, most, typed })
const code = (good: string, typed?: string): FormField => ({ kind: 'code', good, typed })
const choice = (good: string): FormField => ({ kind: 'choice', good })
const list = (good: string): FormField => ({ kind: 'list', good })
const tick: FormField = { kind: 'tick', good: 'yes' }
const password = (good = '四月的雨落在净月潭边上'): FormField => ({ kind: 'password', good })
const maybe = (field: FormField): FormField => ({ ...field, optional: true })
const late = (field: FormField): FormField => ({ ...field, late: true })
const FACTS: Record<string, FormField> = {
  'site.hazardZone': maybe(choice('no')),
  'site.park': maybe(text('高新园区', 60, `${RARE}园区`)),
  'site.areaSquareMetres': maybe(code('1000', ' １,０００ ')),
  'site.regionalAssessments': maybe(list('flood')),
  'eia.class': maybe(choice('form')),
}
const AHEAD = addDays(dayOf(new Date()), 300)
const CERTIFICATE = { number: text('吉测资字 22 号', 60, `${RARE}第２２号`), issuer: text('吉林省自然资源厅', 100), scope: maybe(text('工程测量', 300)), validUntil: maybe(code('2031-05-31', '２０３１-０５-３１')) }
const DRAFT = {
  title: text('绿园区厂房岩土勘察', 80, `${RARE}村　勘察`),
  method: late(choice('random')),
  requirements: text('按规范完成，成果两份。', 4000, `　按规范完成，${RARE}。\r\n成果两份`),
  deliverables: maybe(text('报告书', 1000)),
  serviceDays: code('20', '２０ 天'), ceiling: code('45000.50', '￥４５，０００．５０ 元'),
  bigList: maybe(code('9', '９ 家')), smallList: maybe(code('3', '３')),
  contact: maybe(text('采购部', 200)),
  tie: maybe(choice('draw')),
  qualification1: late(maybe(choice('Q13|乙级'))), practitionerLicence: late(maybe(choice('注册测绘师'))), practitionersLeast: maybe(code('1', '１ 人')),
}
const OFFER = {
  conditions: text('有工程资料', 2000, `有${RARE}资料`),
  process: text('受理、踏勘、出具', 2000),
  promisedDays: code('15', ' １５ '),
  fee: text('按合同', 500),
  serviceDivisions: list('220100'),
}
const PRACTITIONER = {
  name: text('王一', 60, RARE),
  proof: choice('social-insurance'),
  licenceKind1: text('注册测绘师', 60), licenceNumber1: text('吉 22-0001', 60, '吉 ２２-０００２'),
  licenceKind2: maybe(text('', 60)), licenceNumber2: maybe(text('', 60)),
}
const QUESTION = { service: text('水土保持方案', 200), commissioner: maybe(choice('applicant')), designation: maybe(choice('named')), agency: maybe(text('某机构', 100)), on: maybe(code('2026-11-01')), project: maybe(code('2020-451421-88-03-016343', '２０２０－４５１４２１－８８－０３－０１６３４３')), ...FACTS }

/** Every form, with the things that it needs standing in the world. */
export async function formsOf(site: Site, world: World): Promise<FormRow[]> {
  const { people, ids } = world
  const db = site.database.owner
  const keyring = openKeyring(site.config.keyring, { origin: 'unused', makeIfMissing: false })
  const as = (actor: Member, clock: Context['clock'] = databaseClock): Context => ({ db: site.database.app, actor, clock, keyring, traceId: '0'.repeat(32) })
  const cookies = Object.fromEntries(await Promise.all(Object.entries(people).map(async ([name, member]) => [name, await cookieOf(site, member)]))) as Record<keyof typeof people, string>
  const { listing, winner, open, numbered, award, low, auction, listed, awaited, changing, ending, held } = await tendersFor(site, world, as)
  const [returned, uncommitted, unchecked, unmanaged] = await Promise.all([make.agency(db), make.agency(db), make.agency(db), make.agency(db)])
  await checkAgency(as(people.operator), { uscc: returned!.uscc!, verdict: 'returned', reasons: ['licence-missing'], note: '' })
  await db('agencies').where({ organisation_id: uncommitted!.organisationId }).update({ committed_at: null })
  await db('memberships').where({ organisation_id: unmanaged!.organisationId }).update({ until: new Date() })
  const kind = (await db('qualification_kinds').whereRaw('cardinality(grades) > 0').orderBy('code').first<{ code: string; grades: string[] }>('code', 'grades'))!
  const other = (await db('qualification_kinds').whereRaw('cardinality(grades) = 0').orderBy('code').first<{ code: string }>('code'))!
  const { qualification } = await addQualification(as(winner), { kind: kind.code, grade: kind.grades[0]!, scope: '', issuer: '吉林省自然资源厅', number: '甲 1', validUntil: null })
  const { invitation } = await inviteDelegate(as(people.otherOwner), { displayName: '李经办' })
  const question = (await db('tender_questions').join('tenders', 'tenders.id', 'tender_questions.tender_id').where({ number: open }).first<{ id: string }>('tender_questions.id'))!.id
  const registrant = await begun(site)
  const { organisation, account, people: speakers } = registrationForm()
  const winnerCookie = await cookieOf(site, winner)
  const wish = { projectCode: ids.project, listingCode: listing.code }
  const { code: fiscal } = await make.project(db, people.owner, { moneySource: 'fiscal' })
  const { id: freshDraft } = await draftTender(as(people.owner), { ...wish, method: 'random', title: '待改的草稿', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  const step = (name: string, fields: FormRow['fields'], fixed: Record<string, string> = { intent: 'next' }, more: Partial<FormRow> = {}): FormRow => ({ route: 'account/register-step.tsx', form: name, path: `/register/agency/${name}`, cookie: registrant, fixed, fields, ...more })
  const own = (name: string, fixed: Record<string, string>, fields: FormRow['fields'] = {}, more: Partial<FormRow> = {}): FormRow => ({ route: 'account/sessions.tsx', form: name, path: '/account/sessions', cookie: cookies.otherOwner, fixed: { intent: name, ...fixed }, fields, spoilable: ['intent', ...Object.keys(fixed)], ...more })
  const record = (route: string, path: string, form: string, fixed: Record<string, string>, fields: FormRow['fields'], more: Partial<FormRow> = {}): FormRow => ({ route: `agency/${route}.tsx`, form, path, cookie: winnerCookie, fixed, fields, ...more })
  const uscc = (good: string): FormField => code(good, [...good].map((sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)).join('　'))
  const phone = (good = '13900001111'): FormField => code(good, '＋８６ １３９ ０００－０１１１１')
  const newAccount = (name: string) => ({ signInName: code(make.unique(name).toLowerCase()), password: password(), passwordAgain: { ...password(), kind: 'again' as const } })
  const named = { name: text('长春某咨询有限公司', 100, `长春${RARE}咨询有限公司`), address: text('长春市绿园区正阳街 9 号', 200, `长春市${RARE}街９号`), phone: phone(), divisionCode: code('220106', '２２０１０６') }
  return [
    { route: 'account/sign-in.tsx', form: 'password', path: '/sign-in', fixed: { intent: 'password' }, fields: { signInName: { kind: 'login', good: 'nobody-here' }, password: password() }, spoilable: ['intent'], refused: true },
    { route: 'account/register.tsx', form: 'owner', path: '/register?as=owner', fields: { uscc: uscc(make.makeUscc()), legalRepresentative: text('王一', 60, RARE), ...named, displayName: text('王经办', 60), ...newAccount('own') }, makes: 'organisations' },
    { route: 'account/register.tsx', form: 'person', path: '/register?as=person', fields: { name: text('王一', 60, RARE), phone: phone(), divisionCode: named.divisionCode, ...newAccount('per') }, makes: 'organisations' },
    { route: 'account/register.tsx', form: 'delegate', path: '/register?as=delegate', fields: { invitation: { kind: 'login', good: invitation }, displayName: text('李经办', 60), ...newAccount('del') }, makes: 'accounts' },
    step('organisation', { uscc: uscc(organisation.uscc), ...named }),
    step('account', { displayName: text(account.displayName, 60, RARE), signInName: code(account.signInName), password: password(), passwordAgain: { ...password(), kind: 'again' as const } }),
    step('people', { legalRepresentative: text(speakers.legalRepresentative, 60), agentName: maybe(text('赵三', 60)), contactName: text('王二', 60, RARE), contactPhone: phone() }),
    step('documents', { kind: maybe(choice('licence')) }, { intent: 'add' }, { refused: true }),
    step('qualifications', { kind: late(choice(`${kind.code}|${kind.grades[0]}`)), ...CERTIFICATE }, { intent: 'add' }),
    step('practitioners', PRACTITIONER, { intent: 'add' }),
    step('introduction', { introduction: maybe(text('工程咨询', 1000, `${RARE}\r\n咨询`)), serviceDivisions: list('220100') }),
    step('commitment', { commitment: tick }),
    { route: 'account/register-check.tsx', form: 'send', path: '/register/agency/check', cookie: registrant, fields: {} },
    own('password', {}, { password: password('不是这个旧密码'), newPassword: password() }, { refused: true }),
    own('invite', {}, { displayName: text('赵三', 60, RARE) }),
    own('end', { sessionId: randomUUID() }, {}, { refused: true }),
    own('end-delegation', { accountId: randomUUID() }, {}, { refused: true }),
    own('take-up', { role: 'agency' }, {}, { makes: 'organisation_roles' }),
    { route: 'account/inbox.tsx', form: 'read', path: '/inbox', cookie: cookies.owner, fixed: { upTo: '1' }, fields: {}, spoilable: ['upTo'] },
    { route: 'owner/new-project.tsx', form: 'project', path: '/owner/projects/new', cookie: cookies.owner, fields: { code: code('2026-220106-47-01-000888', '２０２６－２２０１０６－４７－０１－０００８８８'), name: text('绿园区小学扩建', 120, `${RARE}村小学`), divisionCode: choice('220106'), flowType: choice('government-building'), moneySource: choice('private'), investment: maybe(code('1000', '１,０００.００')), ...FACTS }, makes: 'projects' },
    { route: 'owner/project-facts.tsx', form: 'facts', path: `/owner/projects/${ids.project}/facts`, cookie: cookies.owner, fields: FACTS },
    { route: 'owner/new-tender.tsx', form: 'check', path: `/owner/tenders/new?project=${ids.project}&service=${listing.code}&sum=45000`, cookie: cookies.owner, fixed: { ...wish, draftId: randomUUID(), act: 'check' }, fields: DRAFT, spoilable: ['projectCode', 'listingCode'], makes: 'tenders' },
    { route: 'owner/new-tender.tsx', form: 'exempt', path: `/owner/tenders/new?project=${fiscal}&service=${listing.code}&sum=1000000`, cookie: cookies.owner, fixed: { ...wish, projectCode: fiscal, ceiling: '1000000', act: 'exempt' }, fields: { exemption: choice('disaster'), reason: text('堤防抢险，应急管理局当日批准。', 500, `${RARE}堤抢险，应急管理局当日批准`) }, spoilable: ['projectCode', 'listingCode', 'ceiling'], makes: 'purchase_exemptions' },
    { route: 'owner/edit-draft.tsx', form: 'check', path: `/owner/tenders/${freshDraft}/edit`, cookie: cookies.owner, fixed: { version: '1', act: 'check' }, fields: { projectCode: late(choice(ids.project)), listingCode: late(choice(listing.code)), ...DRAFT } },
    { route: 'owner/draft.tsx', form: 'act', path: `/owner/tenders/${ids.draft}`, cookie: cookies.owner, fixed: { act: 'publish' }, fields: {}, spoilable: ['act'] },
    { route: 'account/opening-key.tsx', form: 'register', path: '/account/opening-key', cookie: cookies.owner, fixed: { publicKey: keyPair('of a form').publicKey }, fields: {}, spoilable: ['publicKey'], makes: 'holder_keys' },
    { route: 'account/release-keys.tsx', form: 'release', path: `/tenders/${open}/keys`, cookie: cookies.owner, fixed: { shares: '[]' }, fields: {}, spoilable: ['shares'], refused: true },
    { route: 'owner/publish-again.tsx', form: 'again', path: `/tenders/${open}/republish`, cookie: cookies.owner, fields: {}, refused: true },
    { route: 'public/questions.tsx', form: 'ask', path: `/tenders/${open}/questions`, cookie: winnerCookie, fixed: { act: 'ask' }, fields: { question: text('成果要几份纸质文件？', 1000, `${RARE}村由谁带路？`) }, spoilable: ['act'], makes: 'tender_questions' },
    { route: 'public/questions.tsx', form: 'answer', path: `/tenders/${open}/questions`, cookie: cookies.owner, fixed: { act: 'answer', id: question }, fields: { answer: text('由我们组织。', 2000, `由${RARE}村组织。`) }, spoilable: ['act', 'id'] },
    { route: 'owner/change-tender.tsx', form: 'correct', path: `/tenders/${changing}/change`, cookie: cookies.owner, fixed: { act: 'correct' }, fields: { requirements: text('按更新的图纸完成，成果三份。', 4000, `按${RARE}村图纸完成`), deliverables: maybe(text('报告书', 1000)), contact: maybe(text('采购部', 200)), serviceDays: code('20', '２０'), reason: text('图纸有更新。', 500, `${RARE}图有更新。`) }, spoilable: ['act'] },
    { route: 'owner/change-tender.tsx', form: 'extend', path: `/tenders/${changing}/change`, cookie: cookies.owner, fixed: { act: 'extend' }, fields: { n: code('1', '１'), unit: choice('min'), reason: text('机构请求多给时间。', 500, `${RARE}机构请求。`) }, spoilable: ['act'] },
    { route: 'owner/change-tender.tsx', form: 'cancel', path: `/tenders/${ending}/change`, cookie: cookies.owner, fixed: { act: 'cancel' }, fields: { reason: text('项目调整，不再需要。', 500, `${RARE}项目调整。`), confirmed: tick }, spoilable: ['act'] },
    { route: 'regulator/suspend-tender.tsx', form: 'suspend', path: `/tenders/${held}/suspend`, cookie: cookies.regulator, fixed: { act: 'suspend' }, fields: { n: code('1', '１'), unit: choice('d'), basis: text('政府采购法第五十七条', 200, `政府采购法${RARE}`), reason: text('收到线索，需要核查。', 500, `${RARE}线索，需要核查`) }, spoilable: ['act'] },
    { route: 'public/objections.tsx', form: 'object', path: `/tenders/${award}/objections`, cookie: winnerCookie, fixed: { act: 'object' }, fields: { words: text('中选机构的业绩材料与公告要求不符。', 2000, `${RARE}机构的业绩材料与公告要求不符`) }, spoilable: ['act'], makes: 'tender_objections' },
    { route: 'operator/events.tsx', form: 'again', path: '/operator/events', cookie: cookies.operator, fixed: { id: ids.inbound }, fields: {}, spoilable: ['id'] },
    { route: 'operator/delivery.tsx', form: 'again', path: `/operator/events/${ids.delivery}`, cookie: cookies.operator, fields: {} },
    { route: 'operator/national-codes.tsx', form: 'name', path: '/operator/exchange/codes', cookie: cookies.regulator, fields: { kind: choice('item'), key: text('A01', 64), code: maybe(code('00011503500', '０００１１５０３５００')) } },
    ...(await formsOfClients(as, world, cookies.operator)),
    { route: 'operator/dispute.tsx', form: 'settle', path: `/operator/disputes/${ids.disputed}`, cookie: cookies.operator, fields: { goesTo: choice('registrant'), reason: text('立项批复写明业主是登记人。', 500, `${RARE}批复写明业主是登记人。`) } },
    { route: 'operator/calendar.tsx', form: 'enter', path: '/operator/calendar', cookie: cookies.operator, fixed: { act: 'enter', division: '220100' }, fields: { holidays: late(maybe(code(AHEAD))), workdays: maybe(text('', 4000)), source: text('国办发明电〔2026〕7 号', 300, `${RARE}市人民政府通知`) }, spoilable: ['act', 'division'], makes: 'calendar_days' },
    { route: 'operator/calendar.tsx', form: 'remove', path: '/operator/calendar', cookie: cookies.operator, fixed: { act: 'remove', division: '220100' }, fields: { day: code(AHEAD), reason: text('通知已经撤销。', 300, `${RARE}通知已经撤销`) }, spoilable: ['act', 'division'], refused: true },
    { route: 'operator/outages.tsx', form: 'propose', path: '/operator/outages', cookie: cookies.operator, fixed: { act: 'propose' }, fields: { day: code('2026-11-02', '２０２６-１１-０２'), from: code('09:05', '０９:０５'), until: code('09:20', '０９:２０'), reason: text('运营商线路中断。', 500, `${RARE}线路中断。`) }, spoilable: ['act'] },
    { route: 'public/language.ts', form: 'language', path: '/language', fields: {} },
    { route: 'account/sign-out.ts', form: 'out', path: '/sign-out', fields: {} },
    // An office that keeps no cases here may write any number.
    { route: 'authority/new-demand.tsx', form: 'demand', path: '/authority/demands/new', cookie: cookies.otherAuthority, fixed: { decisionId: randomUUID() }, makes: 'guard_decisions', fields: { caseNumber: maybe(text('长环审 22 号', 64, '长环审〔２０２６〕２２号')), item: text('A01', 200), ...QUESTION } },
    { route: 'regulator/sanctions.tsx', form: 'record', path: '/regulator/sanctions', cookie: cookies.regulator, fixed: { intent: 'record' }, fields: { uscc: uscc(unchecked!.uscc!), kind: choice('administrative-penalty'), number: text('吉建罚字 22 号', 80, `${RARE}罚第２２号`), authority: text('吉林省住房和城乡建设厅', 100), reason: text('出具虚假检测报告', 500, `${RARE}报告不实`), fromOn: code('2026-11-01'), untilOn: maybe(code('2031-05-31', '２０３１-０５-３１')), finalOn: code('2030-01-01'), heard: maybe(tick) }, makes: 'agency_sanctions' },
    { route: 'regulator/sanctions.tsx', form: 'agree', path: '/regulator/sanctions', cookie: cookies.regulator, fixed: { intent: 'agree', sanctionId: randomUUID() }, fields: {}, spoilable: ['intent', 'sanctionId'], refused: true },
    { route: 'regulator/sanctions.tsx', form: 'lift', path: '/regulator/sanctions', cookie: cookies.regulator, fixed: { intent: 'lift', sanctionId: randomUUID() }, fields: { reason: text('信用修复决定书 1 号', 500) }, spoilable: ['intent', 'sanctionId'], refused: true },
    { route: 'operator/check-agency.tsx', form: 'check', path: `/operator/agencies/${unchecked!.uscc}`, cookie: cookies.operator, fields: { verdict: choice('returned'), reasons: maybe(list('licence-missing')), note: maybe(text('营业执照看不清', 1000, `${RARE}看不清`)) }, makes: 'agency_checks' },
    { route: 'operator/check-agency.tsx', form: 'invite', path: `/operator/agencies/${unmanaged!.uscc}`, cookie: cookies.operator, fixed: { intent: 'invite' }, fields: { displayName: text('赵三', 60, RARE) } },
    { route: 'operator/imports.tsx', form: 'file', path: '/operator/imports', cookie: cookies.operator, fields: { file: { kind: 'choice', good: '' } }, refused: true },
    { route: 'operator/import-report.tsx', form: 'confirm', path: `/operator/imports/${ids.register}`, cookie: cookies.operator, fields: {} },
    record('profile', '/agency/profile', 'profile', { intent: 'profile' }, { introduction: maybe(text('工程咨询', 1000, `${RARE}咨询`)), serviceDivisions: list('220100') }),
    record('profile', '/agency/profile', 'correct', { intent: 'correct' }, { phone: phone(), address: text('长春市朝阳区人民大街 1 号', 200, `长春市${RARE}街 1 号`), legalRepresentative: text(speakers.legalRepresentative, 60), agentName: maybe(text('赵三', 60)), contactName: text('王二', 60, RARE), contactPhone: phone(), shareholders: maybe(code('王一 30%', '王一　３０％')) }),
    record('profile', '/agency/profile', 'document', { intent: 'document' }, { kind: choice('licence') }, { refused: true }),
    record('profile', '/agency/profile', 'remove', { intent: 'remove', id: randomUUID() }, {}, { spoilable: ['id'], refused: true }),
    record('profile', '/agency/profile', 'answer', { intent: 'answer' }, { answer: text('已补交清晰扫描件', 1000, `已补交${RARE}`) }, { cookie: await cookieOf(site, returned!) }),
    record('profile', '/agency/profile', 'commit', { intent: 'commit' }, { commitment: tick }, { cookie: await cookieOf(site, uncommitted!) }),
    record('qualifications', '/agency/qualifications', 'add', {}, { kind: late(choice(`${other.code}|`)), ...CERTIFICATE }, { makes: 'agency_qualifications' }),
    record('qualifications', '/agency/qualifications', 'renew', { intent: 'renew', qualificationId: qualification.id }, { grade: late(maybe(choice(kind.grades[0]!))), ...CERTIFICATE }, { spoilable: ['qualificationId'], makes: 'agency_qualifications' }),
    record('practitioners', '/agency/practitioners', 'add', {}, PRACTITIONER, { makes: 'agency_practitioners' }),
    record('practitioners', '/agency/practitioners', 'remove', { intent: 'remove', practitionerId: randomUUID() }, {}, { spoilable: ['practitionerId'], refused: true }),
    record('new-offering', '/agency/offerings/new', 'offer', {}, { listingCode: code(ids.listing), ...OFFER }, { makes: 'offerings' }),
    record('edit-offering', `/agency/offerings/${ids.offering}`, 'offer', {}, OFFER, { cookie: cookies.agency }),
    record('offerings', '/agency/offerings', 'withdraw', { offeringId: randomUUID() }, {}, { spoilable: ['offeringId'], refused: true }),
    record('bid', `/tenders/${open}/bid`, 'bid', { act: 'submit' }, { contribution: maybe(text('风调雨顺', 256, RARE)), commitment: tick }, { spoilable: ['act'] }),
    record('bid', `/tenders/${numbered}/bid`, 'sealed', { act: 'submit', bid: randomUUID(), envelope: '' }, { price: code('45000', '４５，０００'), lot: code('042', '０４２'), contribution: maybe(text('风调雨顺', 256, RARE)), commitment: tick }, { spoilable: ['act'] }),
    { route: 'public/witnesses.tsx', form: 'enrol', path: `/tenders/${numbered}/witnesses`, cookie: cookies.otherOwner, fixed: { act: 'enrol', publicKey: '' }, fields: {}, spoilable: ['act'], makes: 'witness_enrolments' },
    { route: 'public/witnesses.tsx', form: 'sign', path: `/tenders/${award}/witnesses`, cookie: cookies.otherOwner, fixed: { act: 'sign', publicKey: '', signature: '' }, fields: { confirmed: tick }, spoilable: ['act'], makes: 'witness_signatures' },
    { route: 'public/witnesses.tsx', form: 'leave', path: `/tenders/${open}/witnesses`, cookie: cookies.otherOwner, fixed: { act: 'leave' }, fields: {}, spoilable: ['act'], refused: true },
    record('explain', `/tenders/${low.number}/explain`, 'explain', {}, { words: text('自有设备，现场近，成本低于同行。', 1000, `自有设备，${RARE}现场近`), confirmed: tick }, { cookie: await cookieOf(site, low.bidder), makes: 'quote_explanations' }),
    record('quote', `/tenders/${auction.number}/auction/quote`, 'quote', { quote: randomUUID() }, { price: code('45000', '４５，０００') }, { cookie: await cookieOf(site, auction.bidder) }),
    { route: 'regulator/read-lottery.tsx', form: 'reading', path: `/regulator/lottery/${awaited}`, cookie: cookies.regulator, fields: { issue: code('2026135'), day: code('2026-11-24', '２０２６-１１-２４'), front: code('1 2 3 4 5 6'), back: code('7'), pause: maybe(text('', 200)) }, refused: true },
    { route: 'owner/pick.tsx', form: 'pick', path: `/tenders/${listed.number}/pick`, cookie: cookies.owner, fields: { label: choice(listed.label), reason: text('同类项目业绩多，人员齐全。', 500, `同类项目业绩多，${RARE}人员齐全`), confirmed: tick }, makes: 'shortlist_picks' },
    { route: 'regulator/grade-agency.tsx', form: 'grade', path: '/regulator/credit', cookie: cookies.regulator, fields: { agency: late(text(winner.uscc!, 200)), grade: choice('A'), source: text('2026 年度信用评价', 120, `2026 年度${RARE}评价`), reason: text('年度评价结果。', 500, `年度${RARE}评价结果`) }, makes: 'credit_grades' },
    ...(await formsOfInquiries(site, world, as)),
    ...(await formsOfMerit(site, world, listing, as)),
    ...(await formsOfCases(site, world, listing)),
    ...(await formsOfContracts(site, world, as)),
    ...(await formsOfGovernance(site, world, as)),
    record('decline', `/tenders/${award}/decline`, 'decline', {}, { reason: choice('no-capacity'), words: text('人手不够，做不了。', 500, `${RARE}人手不够，做不了`), confirmed: tick }),
  ]
}

/** A registration that somebody without an account has begun. */
async function begun(site: Site): Promise<string> {
  const visitor = site.visitor()
  await visitor.post('/register?as=agency', { intent: 'begin' })
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
