/** For whom time runs. `supplement` (补正) is when an office waits for papers that nobody else is at work on; `special` is a hearing, a notice or a review by experts (行政许可法 45). */
export const PARTIES = ['agency', 'owner', 'authority', 'supplement', 'special'] as const
export type Party = (typeof PARTIES)[number]
