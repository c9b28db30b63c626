import { z } from 'zod'
import { Period } from '../calendar.ts'
import { OPEN_METHODS } from './method-parameters.ts'
import { categories, choice, count, money, names, period, share, type Parameter } from './parameter.ts'
import { INQUIRY_PARAMETERS } from './inquiry-parameters.ts'

const BIDDING = '招标投标法实施条例'
const PROCUREMENT = '政府采购法'
const PAYMENT = '保障中小企业款项支付条例'

const SEALED_TOGETHER = { twoKeys: choice(['open', 'closed'], 'open'), sealingThreshold: count(2), shareRelease: period(1, 'wd') }

/** Every policy parameter with its default. Rows of `policy_parameters` override them per division and from a day. */
export const PARAMETERS = {
  minimumBidders: count(2),
  minimumBiddersDirect: count(1),
  minimumBiddersMandatory: count(3, '招标投标法 28'),
  application: period(3, 'wd'),
  /** How often one agency may bid in one tender, counting what it replaced or took back. */
  bidsPerAgency: count(20),
  /** From the close to the draw: time in which anyone can fetch the frozen pool. */
  drawDelay: period(1, 'h'),
  changeBeforeClose: period(3, 'd', `${BIDDING} 21`),
  /** The furthest that one extension may move a deadline. */
  extensionAtMost: period(30, 'd'),
  noticeObjectionBeforeClose: period(2, 'd', `${BIDDING} 22`),
  noticeObjectionAnswer: period(3, 'd', `${BIDDING} 22`),
  /** How often one agency may ask in one tender, and how often one answer may be corrected. */
  questionsPerAgency: count(5),
  correctionsPerAnswer: count(3),
  resultAnnounced: period(2, 'wd', `${PROCUREMENT}实施条例 43`),
  ownerPicks: period(5, 'wd', `${PROCUREMENT}实施条例 43`),
  publicity: period(3, 'd', `${BIDDING} 54`),
  regime: choice(['bidding', 'procurement'], 'bidding'),
  objectionAnswer: period(3, 'd', `${BIDDING} 54`),
  complaint: period(10, 'd', `${BIDDING} 60`),
  complaintAccepted: period(3, 'wd', `${BIDDING} 61`),
  complaintDecided: period(30, 'wd', `${BIDDING} 61`),
  /** How often one bidder may object in one tender. */
  objectionsPerBidder: count(3),
  procurementObjection: period(7, 'wd', `${PROCUREMENT} 52`),
  procurementAnswer: period(7, 'wd', `${PROCUREMENT} 53`),
  procurementComplaint: period(15, 'wd', `${PROCUREMENT} 55`),
  procurementDecided: period(30, 'wd', `${PROCUREMENT} 56`),
  regulatorHold: period(30, 'd', `${PROCUREMENT} 57`),
  /** An outage longer than the gap, so near before the deadline, moves the deadline for everybody by the extension. */
  outageWindow: period(2, 'h'),
  outageGap: period(5, 'min'),
  outageExtension: period(1, 'wd'),
  decline: period(2, 'wd'),
  sign: period(10, 'wd'),
  signAtMost: period(30, 'd', '招标投标法 46'),
  contractPublic: period(2, 'wd', `${PROCUREMENT}实施条例 50`),
  contractFiled: period(7, 'wd', `${PROCUREMENT} 47`),
  contractConfirmed: period(5, 'wd'),
  acceptance: period(10, 'wd'),
  /** How often an owner may return a result without saying which of its first reasons were not met, and what a returned round has at least. */
  returnsFree: count(1),
  rework: period(5, 'wd'),
  /** How long before a limit of the service clock everybody concerned is warned of it. */
  clockWarning: period(2, 'wd'),
  pay: period(30, 'd', `${PAYMENT} 9`),
  payAtMost: period(60, 'd', `${PAYMENT} 9`),
  evaluate: period(30, 'd'),
  /** Of an auction: from the deadline to its first round, its rounds, how long one takes, its step as a share of the ceiling, how many quotes one bidder may make in a round, and how much time of its rounds an outage may take before it gives rounds back. */
  auctionDelay: period(30, 'min'),
  auctionRounds: count(3),
  auctionRound: period(180, 's'),
  auctionStep: share(0.01),
  auctionQuotes: count(10),
  auctionOutage: period(60, 's'),
  lowQuoteExplanation: period(30, 'min'),
  lowQuoteOfMean: share(0.5),
  lowQuoteOfNext: share(0.5),
  lowQuoteOfCeiling: share(0.45),
  /** Whether prices may be sealed so that nobody opens them alone, how many of owner, regulator and platform open them together, and how long they have to show their shares after the freeze. */
  ...SEALED_TOGETHER,
  suspension: period(90, 'd'),
  zombie: period(365, 'd'),
  /** How long an agency stands in the public notice; it is active all the while. */
  agencyNotice: period(7, 'd'),
  /** How long a registration waits half filled in. */
  registrationDraft: period(30, 'd'),
  /** What stops a new offer or bid for a service that a law ties to a qualification: one that ran out, or also none on record. */
  offeringQualification: choice(['not-expired', 'recorded'], 'not-expired'),
  inspection: share(0.02),
  completeNotice: period(5, 'wd', '行政许可法 32'),
  /** Whether a case counts as accepted from its receipt on where its office said nothing for the time of `completeNotice`. */
  deemedAcceptance: choice(['yes', 'no'], 'yes', '行政许可法 32'),
  /** After how long the office is reminded of a supplement that was asked for and not handed in. No law sets the applicant a day. */
  supplementWait: period(20, 'wd'),
  approval: period(20, 'wd', '行政许可法 42'),
  approvalExtension: period(10, 'wd', '行政许可法 42'),
  jointApproval: period(45, 'd', '行政许可法 42'),
  jointApprovalExtension: period(15, 'd', '行政许可法 42'),
  projectApproved: period(95, 'wd', '沧州 2019'),
  projectVerified: period(66, 'wd', '沧州 2019'),
  projectFiled: period(55, 'wd', '沧州 2019'),
  /** Which kinds of project are approved (审批) and which are verified (核准); all others are filed (备案). */
  approvedFlowTypes: names(['government-building', 'government-infrastructure', 'transport', 'water'], '政府投资条例 9'),
  verifiedFlowTypes: names(['energy'], '企业投资项目核准和备案管理条例 3'),
  checkAfterPromise: period(60, 'wd'),
  badMarkContacted: period(1, 'wd'),
  listComment: period(7, 'd'),
  whoMayList: choice(['province-only', 'may-supplement-by-own-regulation'], 'may-supplement-by-own-regulation'),
  /** Which methods are open, and for which categories. */
  ...OPEN_METHODS,
  directCeiling: money(50_000),
  /** How long the named agency has to accept. */
  directAcceptance: period(2, 'wd'),
  /** How far back a regulator's leads look. */
  leadLookBackDays: count(365),
  /** More than this share of an owner's direct selections of a year in one agency's hands is a lead, once there are so many of them. */
  directShareOfOwner: share(0.5),
  directShareFrom: count(3),
  /** More than this of an owner's public money given out directly in a year, whatever the kinds, is a lead. */
  directYearTotal: money(200_000),
  /** From this share on, holding it in two organisations, or one of the other, makes them related. */
  relatedShare: share(0.25),
  /** How many years back people are looked for who stood or worked on both sides. */
  peopleLookBackYears: count(3),
  /** How long it is kept which browser published a tender or bid in it. */
  deviceMark: period(180, 'd'),
  /** Of a shortlist by credit: how many balls each grade has, and which grade the unrated are in. */
  creditBallsA: count(4), creditBallsB: count(3),
  creditBallsC: count(2), creditBallsD: count(1),
  creditUnrated: choice(['A', 'B', 'C', 'D'], 'C'),
  /** What the form proposes for the two lists; the owner says how long they are, within the most. */
  bigListSize: count(20),
  smallListSize: count(3),
  smallListMost: count(10),
  /** Where plans and prices together decide: what the price weighs at least there, and how many judges there are at least. */
  meritPriceLeast: count(10, '政府采购货物和服务招标投标管理办法 55'),
  meritJudgesLeast: count(3, '政府采购竞争性磋商采购方式管理暂行办法 14'),
  /** How long a judge has for the score sheet. */
  scoring: period(3, 'wd'),
  planCharacters: count(8000),
  /** Whether anybody may read the plans after the opening, or only the judges and the owner. */
  plansPublic: choice(['sealed', 'opened'], 'sealed'),
  /** The most that may hang on a draw from the source `local`, which the platform could influence; a demo marketplace has no limit. */
  localDrawCeiling: money(200_000),
  /** Where the value comes from that decides a draw or breaks a tie; which national lottery, where it is that; and how a random order is made of it. */
  drawSource: choice(['local', 'drand', 'lottery'], 'local'),
  lotteryGame: choice(['ssq', 'dlt'], 'ssq'),
  drawAlgorithm: choice(['mingdan-draw/v1', 'rfc3797'], 'mingdan-draw/v1', 'RFC 3797（2004）'),
  procurementLimit: money(1_000_000),
  mandatoryTender: money(1_000_000, '必须招标的工程项目规定 5'),
  /** Survey, design and supervision. */
  mandatoryTenderCategories: categories(['0401', '0402', '0403', '0404', '1401'], '必须招标的工程项目规定 5'),
  /** Bought by the central procurement body only, where a division's catalogue says so. */
  centralCatalogue: categories([]),
  creditRegulator: count(70),
  creditPublic: count(10),
  creditUsers: count(20),
  archiveYears: count(15, `${PROCUREMENT} 42`),
  ...INQUIRY_PARAMETERS,
} as const

export type PolicyName = keyof typeof PARAMETERS
type ValueOf<P> = P extends { value: Period } ? Period : P extends { value: string[] } ? string[] : P extends { choices: readonly (infer C)[] } ? C : number

/** What one parameter says in a division on a day, and since when and by whom it says so. */
export type Stated<V> = { value: V; source: string; setBy: string | null; fromOn: string | null }
export type Policies = { [N in PolicyName]: Stated<ValueOf<(typeof PARAMETERS)[N]>> }

/** A row that a division has set. */
export type PolicyRow = { divisionCode: string; name: string; value: unknown; source: string; fromOn: string }

/** Parses one parameter's value. A row that does not fit its parameter is a fault of whoever wrote it, not a rule. */
export const valueOf = <N extends PolicyName>(name: N, value: unknown) => schemaOf(name).parse(value) as Policies[N]['value']

/** Our defaults with a division's rows laid over them; the nearest division wins, so rows come farthest first. */
export function policiesFrom(rows: readonly PolicyRow[]): Policies {
  const stated: Record<string, Stated<unknown>> = {}
  for (const [name, { value, source }] of Object.entries(PARAMETERS)) stated[name] = { value, source, setBy: null, fromOn: null }
  for (const { name, value, source, divisionCode, fromOn } of rows) {
    if (!isPolicyName(name)) continue
    stated[name] = { value: valueOf(name, value), source, setBy: divisionCode, fromOn }
  }
  return stated as Policies
}

/** Is it a parameter that this version knows? Rows of others are passed over. Takes any text, `__proto__` too. */
export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(PARAMETERS, name)

function schemaOf(name: PolicyName): z.ZodType {
  const parameter: Parameter<unknown> & { choices?: readonly string[]; names?: true } = PARAMETERS[name]
  if (parameter.choices) return z.enum(parameter.choices as [string, ...string[]])
  if (parameter.names) return z.array(z.string().regex(/^[a-z]+(-[a-z]+)*$/))
  if (Array.isArray(parameter.value)) return z.array(z.string().regex(/^([0-9]{2}|[0-9]{4})$/))
  return typeof parameter.value === 'number' ? z.number().nonnegative() : Period
}
