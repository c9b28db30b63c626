import type { Member } from '#app/domain/accounts/actor.ts'
import { VISITOR } from '#app/domain/accounts/actor.ts'
import { isWorkday, addDays, dayOf, startOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { decideWords } from '#app/domain/guard/decide-words.server.ts'
import { findWords } from '#app/domain/guard/find-words.server.ts'
import { ReportForm, TurnedAwayForm } from '#app/domain/guard/report.ts'
import { reportDemand } from '#app/domain/guard/report-demand.server.ts'
import { recordTurnedAway } from '#app/domain/guard/turn-away.server.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import type { Met } from './demands.ts'
import { diceFor } from './dice.ts'
import { daysBefore, type Stage } from './stage.ts'

/** A lead as the story tells it, by which its file is found again. */
export type Told = { name: string; office: string; kind: LeadKind; keyOf: () => Promise<string>; allegation: string }

/** By which hour of its day each step of a story is done, so that two of one day come in their order. */
const HOURS = ['demand', 'sent', 'told', 'asked', 'open', 'reply', 'find', 'contest', 'answer', 'rectify', 'judge']

/** The instant of a step, the same whenever it is asked for; a day that is not worked moves back. */
export function on(stage: Stage, name: string, word: string, days: number): Date {
  const dice = diceFor(`${name}/${word}`)
  const hour = 8.5 + Math.max(0, HOURS.indexOf(word)) * 0.7
  return new Date(startOf(dayOf(daysBefore(stage, days, dice))).getTime() + hour * 3_600_000 + dice.between(0, 39) * 60_000)
}

type Reported = { name: string; by: string | null; office: string; asked: string; words: string; days: number }

const UNFOUNDED: Reported = { name: 'reform', by: null, office: 'office-reform', asked: '项目申请报告', words: '窗口说要交项目申请报告，我们以为必须找咨询单位来写。', days: 78 }
const REFERRED: Reported = { name: 'weather', by: 'school', office: 'office-weather', asked: '防雷装置年检', words: '对方给了一张预先印好单位名称的缴费单，说只认这一家。', days: 64 }
const WAITING: readonly Reported[] = [
  { name: 'anonymous', by: null, office: 'office-environment', asked: '竣工环保验收监测报告', words: '经办人口头说，最好找他们熟悉的那一家做监测，别家的数据不好认。', days: 2 },
  { name: 'named', by: 'owner', office: 'office-housing', asked: '基坑监测', words: '收件时要求附基坑监测合同，可是我们的项目没有深基坑。', days: 5 },
]

/** Twenty signs that only the story needs. */
const receiptFor = (name: string) => Array.from(diceFor(`receipt/${name}`).bytes(20), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ'[byte % 24]).join('')

/** Reports, papers that were turned away, and words that a regulator decided or still has to; gives back those of which files were opened. */
export function planReports(stage: Stage, met: readonly Met[]) {
  for (const one of [UNFOUNDED, REFERRED, ...WAITING]) planReport(stage, one)
  planTurnedAway(stage, met)
  planWords(stage)
  planConcentration(stage)
  const told = ({ name, office }: Reported, allegation: string): Told => ({ name: `report/${name}`, office, kind: 'demand-reported', keyOf: () => reportId(stage, name), allegation })
  return [
    { told: told(UNFOUNDED, '有人反映窗口要求委托编写项目申请报告。请说明向申请人要了什么，是否要求委托。'), steps: { opened: 76, replied: 71, found: { days: 69, outcome: 'unfounded' as const } } },
    { told: told(REFERRED, '有人反映收费单预印了单位名称。请说明由来，并提供样张。'), steps: { opened: 62, replied: 57, found: { days: 54, outcome: 'referred' as const, bases: ['boe-43-2' as const], to: '市纪检监察机关' } } },
  ]
}

function planReport(stage: Stage, { name, by, office, asked, words, days }: Reported): void {
  stage.plan(`report/${name}`, on(stage, `report/${name}`, 'sent', days), async () => {
    const fields = ReportForm.parse({ receipt: receiptFor(name), authority: stage.cast.get(office)!.organisationName, asked, words, as: by ? 'named' : 'anonymous' })
    await stage.act(`report/${name}`, by ? stage.cast.get(by)! : VISITOR, (context) => reportDemand(context, { fields, ip: `story/${name}` }))
  })
}

/** Of an anonymous report no thread leads to whoever made it, so it is found by its words. */
async function reportId(stage: Stage, name: string): Promise<string> {
  const { words } = [UNFOUNDED, REFERRED].find((one) => one.name === name)!
  return ((await stage.db('demand_reports').where({ words }).first('id')) as { id: string }).id
}

function planTurnedAway(stage: Stage, met: readonly Met[]): void {
  const papers = [
    { name: 'office', by: 'office-water', office: undefined, service: 'S0701', material: '水土保持方案报告书（自行编制）', reason: '不是机构编制的，要求补盖编制单位公章以后再交。', days: 7, owner: 'owner' },
    { name: 'owner', by: 'school', office: 'office-environment', service: 'S0602', material: '建设项目环境影响报告表（自行编制）', reason: '窗口说学校没有编制能力，让找一家环评公司重做。', days: 10, owner: 'school' },
  ]
  for (const { name, by, office, service, material, reason, days, owner } of papers) {
    const scene = `turned-away/${name}`
    stage.plan(scene, on(stage, scene, 'told', days), async () => {
      const project = met.find((one) => one.owner === owner)?.code ?? ''
      const fields = TurnedAwayForm.parse({ id: await stage.idOf(scene), authority: office && stage.cast.get(office)!.organisationName, service, material, reason, on: '', project })
      await stage.act(scene, stage.cast.get(by)!, (context) => recordTurnedAway(context, fields))
    })
  }
}

/** Whose words nobody has decided: one past its clock, one fresh. */
const LEFT = [
  { name: 'words/overdue', office: 'office-emergency', approvalItem: 'A32', text: '应急物资储备合理性说明', days: 6 },
  { name: 'words/fresh', office: 'authority', approvalItem: 'A40', text: '工地围挡美化方案文本', days: 1 },
] as const

/** From this likeness on the regulator of the story takes the nearest listing; below, nothing on the list is meant. */
const NEAR = 0.5
const YEAR = 352

/** Every afternoon the regulator decides the words that came in before that day. */
function planWords(stage: Stage): void {
  for (const { name, office, approvalItem, text, days } of LEFT) {
    stage.plan(name, daysBefore(stage, days, diceFor(name)), async () => {
      const officer = stage.cast.get(office) as Member
      const demandedOn = dayOf(daysBefore(stage, days, diceFor(name)))
      const demand = DemandInput.parse({ caseNumber: null, projectCode: null, authority: officer.uscc, approvalItem, demanded: { text }, commissioner: 'applicant', demandedOn })
      await stage.act(name, officer, async (context) => decide(context, { demand, say: sayingIn('zh'), id: await stage.idOf(name) }))
    })
  }
  for (let days = YEAR; days >= 0; days--) {
    const day = addDays(dayOf(stage.toldAt), -days)
    if (!isWorkday(day)) continue
    stage.plan(`words/${day}`, new Date(startOf(day).getTime() + 17 * 3_600_000), async () => {
      const governor = stage.cast.get('regulator')
      if (!governor) return
      const left = new Set(await Promise.all(LEFT.map(({ name }) => stage.idOf(name))))
      const waiting = await stage.tick(`words/${day}/read`, governor, (context) => findWords(context))
      for (const { id, nearest, decidedAt } of waiting) {
        if (left.has(id) || decidedAt >= startOf(day)) continue
        const listing = (nearest[0]?.score ?? 0) >= NEAR ? nearest[0]!.item : null
        await stage.act(`words/${id}`, governor, (context) => decideWords(context, { decision: id, listing, say: sayingIn('zh') }))
      }
    })
  }
}

/** How many of an agency's awards an office of the story asks about. */
const ASKED = 4

/** One office asked in four projects for what one and the same agency won there: a lead, and no finding. */
function planConcentration(stage: Stage): void {
  const name = 'concentration'
  const office = 'office-weather'
  stage.plan(name, on(stage, name, 'asked', 16), async () => {
    const officer = stage.cast.get(office) as Member
    const won = (await stage.db('standing_awards as award').join('tenders', 'tenders.id', 'award.tender_id').join('listings', 'listings.id', 'tenders.listing_id').join('bids', 'bids.id', 'award.bid_id')
      .orderBy(['award.awarded_at', 'tenders.number']).select({ agency: 'bids.agency_id', code: 'listings.code', project: 'tenders.project_code' })) as { agency: string; code: string; project: string }[]
    const byAgency = Map.groupBy(won, ({ agency }) => agency)
    // A telling that goes on draws otherwise than one that was not cut off, and asks as often all the same.
    const asked = [...byAgency.values()].toSorted((one, other) => other.length - one.length).flat().slice(0, ASKED)
    for (const [place, { code, project }] of asked.entries()) {
      const demand = DemandInput.parse({ caseNumber: null, projectCode: project, authority: officer.uscc, approvalItem: 'A56', demanded: { item: code }, commissioner: null, demandedOn: dayOf(on(stage, name, 'asked', 16)) })
      await stage.act(`${name}/${place}`, officer, async (context) => decide(context, { demand, say: sayingIn('zh'), id: await stage.idOf(`${name}/${place}`) }))
    }
  })
}
