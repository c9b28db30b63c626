import type { TenderState } from '#app/domain/tenders/tender.ts'

/** The periods of the walk, in seconds. */
export const WALK = { application: 60, drawDelay: 30, questionsBeforeClose: 20, publicity: 40, decline: 20, changeBeforeClose: 25, extensionAtMost: 30, hold: 50 }
const QUESTIONS = 5
const OBJECTIONS = 3

/** What a tender of the random method is, in the few words that a reader of the rules would use; seconds since its publication. */
export class TenderModel {
  now = 0
  closesAt = WALK.application
  standing = new Set<number>()
  receipts = 0
  waiting: { by: number; question: string }[] = []
  asked: Record<number, number> = {}
  outcome: 'failed' | 'frozen' | null = null
  /** Is the freeze under a checkpoint? */
  isCovered = false
  isDrawn = false
  cancelled: { afterValue: boolean } | null = null
  held: { since: number; until: number } | null = null
  timeHeld = 0
  bindsAt: number | null = null
  objections: { by: number; words: string; answered: boolean }[] = []
  facts = { corrections: 0, extensions: 0, holds: 0, endings: 0 }

  get drawsAfter(): number {
    return this.closesAt + WALK.drawDelay
  }
  get state(): TenderState {
    if (this.held) return 'suspended'
    if (this.cancelled && (!this.cancelled.afterValue || this.isDrawn)) return 'cancelled'
    if (this.now < this.closesAt) return 'open'
    if (!this.outcome) return 'closing'
    if (this.outcome === 'failed') return 'failed'
    if (this.bindsAt === null) return 'frozen'
    return this.now < this.bindsAt || this.isDisputed ? 'publicity' : 'awarded'
  }
  get isDisputed(): boolean {
    return this.objections.some(({ answered }) => !answered)
  }
  /** Why what needs an open tender is refused. */
  get closed(): string | null {
    const { state } = this
    return state === 'open' ? null : state === 'suspended' || state === 'cancelled' ? `changes.${state}` : 'tenders.closed'
  }

  attend(): void {
    if (this.held && this.now >= this.held.until) this.release()
    if (this.state === 'closing' && !this.waiting.length) this.outcome = this.standing.size < 2 ? 'failed' : 'frozen'
    if (this.state !== 'frozen' || this.now < this.drawsAfter || !this.isCovered) return
    this.isDrawn = true
    if (!this.cancelled) this.bindsAt = this.now + WALK.publicity
  }
  sequence(): void {
    this.isCovered ||= this.outcome === 'frozen'
  }
  ask(by: number, question: string): string | null {
    if (this.closed) return this.closed
    if (this.waiting.some((each) => each.by === by && each.question === question)) return null
    if (this.now >= this.closesAt - WALK.questionsBeforeClose) return 'life.questions-closed'
    const asked = this.asked[by] ?? 0
    if (asked >= QUESTIONS) return 'life.too-many-questions'
    this.asked[by] = asked + 1
    this.waiting.push({ by, question })
    return null
  }
  answer(): string | null {
    if (this.state !== 'open' && this.state !== 'closing') return 'life.answers-closed'
    this.waiting.shift()
    return null
  }
  /** What an owner changes: not what is closed, however the machine's clock stands. */
  get unchangeable(): string | null {
    return this.outcome ? 'tenders.closed' : this.closed
  }
  correct(material: boolean): string | null {
    if (this.unchangeable) return this.unchangeable
    this.facts.corrections += 1
    if (material) this.move(Math.max(this.closesAt, this.now + WALK.changeBeforeClose))
    return null
  }
  extend(seconds: number): string | null {
    if (this.unchangeable) return this.unchangeable
    if (seconds > WALK.extensionAtMost) return 'changes.too-far'
    this.move(this.closesAt + seconds)
    return null
  }
  suspend(seconds: number): string | null {
    const { state } = this
    if (state === 'suspended') return 'changes.suspended'
    if (!['open', 'closing', 'frozen', 'publicity'].includes(state) || (state === 'frozen' && this.now >= this.drawsAfter)) return 'changes.suspend-late'
    if (seconds + this.timeHeld > WALK.hold) return 'changes.hold-too-long'
    this.held = { since: this.now, until: this.now + seconds }
    this.facts.holds += 1
    return null
  }
  lift(): string | null {
    if (!this.held) return 'changes.not-suspended'
    this.release()
    return null
  }
  cancel(): string | null {
    const { state } = this
    if (state === 'suspended') return 'changes.suspended'
    if (this.cancelled) return 'changes.cancelled'
    if (!['open', 'closing', 'frozen'].includes(state)) return 'changes.cancel-late'
    this.cancelled = { afterValue: this.outcome === 'frozen' }
    return null
  }
  object(by: number, words: string): string | null {
    if (!this.standing.has(by)) return 'changes.not-a-bidder'
    if (this.held) return 'changes.suspended'
    if (this.bindsAt === null) return 'changes.no-result'
    if (this.now >= this.bindsAt) return 'changes.objection-late'
    const own = this.objections.filter((each) => each.by === by)
    if (own.some((each) => each.words === words && !each.answered)) return null
    if (own.length >= OBJECTIONS) return 'changes.too-many-objections'
    this.objections.push({ by, words, answered: false })
    return null
  }

  /** Ends a hold; where bids were being taken the time that was lost is given back. */
  private release(): void {
    const { since } = this.held!
    this.held = null
    this.timeHeld += this.now - since
    this.facts.endings += 1
    if (since < this.closesAt) this.move(this.closesAt + this.now - since)
  }
  private move(closesAt: number): void {
    if (closesAt === this.closesAt) return
    this.closesAt = closesAt
    this.facts.extensions += 1
  }
}
