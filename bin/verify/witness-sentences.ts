/* What the checks of lay witnesses say: a page loads them together with the checks. */

export const witnessesEn = {
  signature: (place: number) => `signature of witness ${place}`,
  enrolment: (place: number) => `enrolment of witness ${place}`,
  under: (count: number) => `${count} lay ${count === 1 ? 'witness' : 'witnesses'} signed this result, and no other.`,
  unproven: 'There are not as many proofs as entries.',
  otherPlace: (place: number) => `By the order of the signatures this is place ${place}.`,
  otherTender: 'This entry is of another tender.',
  early: 'The signature stands before the result.',
  late: 'The enrolment does not stand before the result.',
  otherStatement: (value: string) => `Of this result the statement says: ${value}.`,
  notSigned: 'The signature is not by this key over this statement.',
  twice: 'Two witnesses have one key.',
  otherEnrolment: 'The signature names another enrolment.',
  otherKey: 'The key that was enrolled is another one.',
  citizens: 'A citizen has no code; an organisation has one.',
  byAccount: 'by the platform’s word: signed in, without a key',
  byKey: (fingerprint: string) => `by the key ${fingerprint}`,
  before: ', on record before the result',
  citizen: 'a citizen',
}
