import type { Period } from '../calendar.ts'

type Parameter<V> = { value: V; source: string }

const working = (n: number, source = 'default'): Parameter<Period> => ({ value: { n, unit: 'wd' }, source })
const number = (value: number, source = 'default'): Parameter<number> => ({ value, source })

/** The numbers of words that a regulator decides, of files, findings and concentration. */
export const INQUIRY_PARAMETERS = {
  /** How many days back a demand may be put on record that is made in no case registered here. */
  demandBackDays: number(30),
  /** In how long a regulator decides what an officer's words mean that came near to no listing. */
  wordsDecided: working(2),
  /** How long whoever a file is about may reply, ask for a review of a finding, and has to put right what was found. */
  inquiryReply: working(5),
  findingContest: { value: { n: 60, unit: 'd' }, source: '行政复议法 20' } as Parameter<Period>,
  contestDecided: working(10),
  rectification: working(15),
  /** From which share of an authority's awards one agency's part is a lead, once there are so many of them in so many days. */
  concentrationShare: number(0.5),
  concentrationFrom: number(3),
  concentrationDays: number(365),
} as const
