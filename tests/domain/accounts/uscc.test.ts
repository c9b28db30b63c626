import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseUscc, organisationCheckDigit, Uscc, usccCheckDigit, usccFault } from '#app/domain/accounts/uscc.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Published = { codes: { code: string; check_digit_ok: boolean; expected_check_digit: string; embedded_org_code: string; org_code_check_ok: boolean }[] }

test('every published code gets the verdict of both checks', () => {
  const published = sharedData<Published>('uscc-gb32100/examples.json')
  if (!published) return
  expect(published.codes.length).toBeGreaterThan(10)
  for (const one of published.codes) {
    expect(usccCheckDigit(one.code), one.code).toBe(one.expected_check_digit)
    expect(organisationCheckDigit(one.code.slice(8, 16)) === one.code[16], one.code).toBe(one.org_code_check_ok)
    expect(usccFault(one.code) === null, one.code).toBe(one.check_digit_ok && one.org_code_check_ok)
  }
})

const FAULTS: [given: string, fault: string | null][] = [
  ['91110108740084270C', null],
  ['1134082855783407XL', null],
  ['123456789012345678', 'accounts.uscc-organisation-check'],
  ['91350200M000000510', 'accounts.uscc-check'],
  ['91110108740084271C', 'accounts.uscc-both-checks'],
  ['', 'accounts.uscc-required'],
  ['9111010874008427', 'accounts.uscc-length'],
  ['91110108740084270C0', 'accounts.uscc-length'],
  ['9111010874008427OC', 'accounts.uscc-signs'],
  ['91110108740084270😀', 'accounts.uscc-signs'],
  ['9111010874008䶮270C', 'accounts.uscc-signs'],
  ['91A10108740084270C', 'accounts.uscc-division'],
]

test.each(FAULTS)('%s is judged: %s', (given, fault) => {
  expect(usccFault(given)).toBe(fault)
})

test('a code pasted with blanks, small letters, full-width digits and hyphens is tidied', () => {
  expect(normaliseUscc('  9111 0108 7400 84270c\u200b ')).toBe('91110108740084270C')
  expect(normaliseUscc('９１１１０１０８７４００８４２７０Ｃ')).toBe('91110108740084270C')
  expect(Uscc.parse('91110108-740084270-c')).toBe('91110108740084270C')
})

test('one wrong sign anywhere is found', () => {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  fc.assert(
    fc.property(fc.nat({ max: 17 }), fc.constantFrom(...signs), (place, sign) => {
      const good = '91110108740084270C'
      const code = good.slice(0, place) + sign + good.slice(place + 1)
      expect(usccFault(code) === null).toBe(code === good)
    }),
  )
})

test('a code built by the two rules passes, whatever its digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9A]\d[0-9]{6}[0-9A-HJ-NP-RTUWXY]{8}$/), (head) => {
      const seventeen = head + organisationCheckDigit(head.slice(8))
      expect(usccFault(seventeen + usccCheckDigit(seventeen))).toBeNull()
    }),
  )
})

test('no text makes the field throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void Uscc.safeParse(text)))
})
