/* What the checks of sealed bids say: a page loads them together with the checks. */

export const sealedEn = {
  cannotDecrypt: 'Nothing is wrong that could be seen, but sealed prices cannot be opened here: this browser decrypts only on secure (https) addresses. Use the command instead.',
  allOpened: (count: number) => `All ${count} eligible bids were opened, and no other.`,
  notEligible: 'No eligible bid of the pool has this id.',
  otherOpened: (eligible: number, opened: number) => `${eligible} bids are eligible; those opened (${opened}) are not the same.`,
  asReceived: 'Every opened bid is the sealed one in the pool, byte for byte, for this tender and sealed to those whom publication named.',
  otherEnvelope: 'This sealed bid does not hash to its leaf in the pool.',
  strangeHeader: 'This is not what this bid in this tender must say.',
  ruled: 'With the published keys every bid opens again, and its price is valid or not for the reason given.',
  ruledInstead: (reason: string | null) => `Opening it again gives: ${reason ?? 'valid'}.`,
  validOf: (valid: number, all: number) => `${valid} of ${all} valid`,
}
