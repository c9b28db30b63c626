import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { cloudEvent, IncomingEvent, type FeedEvent } from '#app/domain/events/cloud-event.ts'
import { deliveryState, healthOf, shownUrl, urlFault } from '#app/domain/events/endpoint.ts'
import { dataSchemaOf, HEARD_OUTSIDE, HEARD_TYPES, KEPT_INSIDE, outsideOf } from '#app/domain/events/heard-outside.ts'
import { mayHear, subjectFor, type Hearer, type Scope } from '#app/domain/events/hearing.ts'
import { nextAttempt } from '#app/domain/events/retry-schedule.ts'
import { WHO_HEARS, SILENT } from '#app/domain/notices/who-hears.ts'
import { sharedData } from '#tests/support/shared-data.ts'

const city: Hearer = { organisationId: 'city', divisionCode: '220100' }
const county: Hearer = { organisationId: 'county', divisionCode: '220106' }
const province: Hearer = { organisationId: 'province', divisionCode: '220000' }
const elsewhere: Hearer = { organisationId: 'elsewhere', divisionCode: '220200' }
const scope = (more: Partial<Scope>): Scope => ({ audience: 'own', authorityId: null, divisionCode: null, subject: 'the thing', caseNumber: null, ...more })

test.for<[string, Scope, Hearer[]]>([
  ['a demand of the city\'s own', scope({ authorityId: 'city', caseNumber: 'AJ-1' }), [city]],
  ['a demand of an authority in the same division', scope({ authorityId: 'another' }), []],
  ['a tender of the city', scope({ audience: 'division', divisionCode: '220100' }), [city, province]],
  ['a tender of the county', scope({ audience: 'division', divisionCode: '220106' }), [county, city, province]],
  ['a tender elsewhere', scope({ audience: 'division', divisionCode: '220203' }), [elsewhere, province]],
  ['a tender elsewhere for a case of the county', scope({ audience: 'division', divisionCode: '220203', authorityId: 'county', caseNumber: 'AJ-2' }), [county, elsewhere, province]],
  ['a list of the province', scope({ audience: 'list', divisionCode: '220000' }), [city, county, province, elsewhere]],
  ['a list of the city', scope({ audience: 'list', divisionCode: '220100' }), [city, county]],
])('%s is heard by whom it concerns', ([, what, hearers]) => {
  expect([city, county, province, elsewhere].filter((hearer) => mayHear(hearer, what)).map(({ organisationId }) => organisationId).sort()).toEqual(hearers.map(({ organisationId }) => organisationId).sort())
})

test('a case is named to its own authority, and to others the event is about the tender', () => {
  const what = scope({ audience: 'division', divisionCode: '220100', authorityId: 'city', caseNumber: 'AJ-2', subject: 'MD-1' })
  expect([city, province].map((hearer) => subjectFor(hearer, what))).toEqual(['AJ-2', 'MD-1'])
})

test('a foreign case is in nothing that is sent, however the data named it', () => {
  const event: FeedEvent = { ...scope({ audience: 'division', divisionCode: '220100', authorityId: 'city', caseNumber: 'AJ-2', subject: 'MD-1' }), position: 1, eventId: 'e', type: 'marketplace.tender.cancelled.v1', data: { tender: 'MD-1', caseNumber: 'AJ-2' }, at: new Date(0) }
  const sender = { origin: 'market.example', publicUrl: 'https://market.example' }
  expect(JSON.stringify(cloudEvent(event, province, sender))).not.toContain('AJ-2')
  const own = cloudEvent(event, city, sender)
  expect(own).toMatchObject({ subject: 'AJ-2', data: { tender: 'MD-1', caseNumber: 'AJ-2' } })
  for (const { data } of [own, cloudEvent(event, province, sender)]) expect(z.fromJSONSchema(dataSchemaOf(event.type) as never).safeParse(data).error).toBeUndefined()
  expect(z.fromJSONSchema(dataSchemaOf(event.type) as never).safeParse({ ...own.data, more: 1 }).success).toBe(false)
})

test('every event that the house tells is heard outside or kept inside on purpose', () => {
  const told = [...Object.keys(WHO_HEARS), ...SILENT]
  const kept = (type: string) => KEPT_INSIDE.some((pattern) => pattern.test(type))
  expect(told.filter((type) => HEARD_TYPES.includes(type) === kept(type))).toEqual([])
  expect(HEARD_TYPES.filter((type) => !told.includes(type))).toEqual([])
})

test('only the fields that a type promises leave the house', () => {
  const tenderData = { tender: 'MD-1', project: 'P', title: '勘察', listing: 'R28', closesAt: '2026-11-20T02:00:00.000Z', ceilingFen: 100, serviceDays: 10, owner: '91220100MADEM3010X', named: '91220100MADEM3010X', reason: '紧急', conditions: { secret: 1 } }
  expect(outsideOf({ type: 'marketplace.tender.published.v1', data: tenderData })).toEqual({ audience: 'division', data: { tender: 'MD-1', project: 'P', title: '勘察', listing: 'R28', closesAt: '2026-11-20T02:00:00.000Z', ceilingFen: 100, serviceDays: 10 } })
  expect(outsideOf({ type: 'marketplace.tender.published.v1', data: { tender: 7 } })).toBe('unreadable')
  for (const type of ['marketplace.bid.received.v1', 'marketplace.unknown.v1', 'constructor', '__proto__']) expect(outsideOf({ type, data: { bid: 'x' } })).toBe('kept-inside')
})

test('a warning of an office’s limit leaves with the years on the way whose holidays nobody has said; one told before there was that field leaves as it was', () => {
  const data = { authority: '11220106MB00EXAM0Y', caseNumber: 'AJ-1', project: 'P', limit: 'authority-promised', level: 'near', dueAt: '2027-01-01T16:00:00.000Z' }
  for (const more of [{ uncoveredYears: [2027] }, { uncoveredYears: [] }, {}] as Record<string, number[]>[]) expect(outsideOf({ type: 'marketplace.case-limit.warned.v1', data: { ...data, ...more, party: 'authority', round: 1 } })).toEqual({ audience: 'own', data: { ...data, ...more } })
})

test('every event of a tender that is told has what its type promises', () => {
  const folder = path.resolve(import.meta.dirname, '../../../app/domain')
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.server.ts')).map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n')
  for (const type of HEARD_TYPES) expect(text, type).toContain(`'${type}'`)
  for (const type of HEARD_TYPES) expect(dataSchemaOf(type)).toMatchObject({ type: 'object', properties: expect.any(Object) })
  expect(dataSchemaOf('constructor')).toBeNull()
  expect(Object.values(HEARD_OUTSIDE).flatMap(({ data }) => Object.keys(data.shape)).filter((name) => /organisation|account|person|phone|contact|^by$|owner/i.test(name))).toEqual([])
})

const schema = sharedData<object>('cloudevents/cloudevents.schema.json')
const examples = sharedData<{ examples: Record<string, unknown>[] }>('cloudevents/examples.json')

test.skipIf(!schema)('what is sent is a CloudEvent by the published schema', () => {
  const CloudEventSchema = z.fromJSONSchema(schema as never)
  const event: FeedEvent = { ...scope({ authorityId: 'city', caseNumber: 'AJ-1' }), position: 1, eventId: 'a', type: 'marketplace.demand.decided.v1', data: { decision: 'd' }, at: new Date(0) }
  const sent = cloudEvent(event, city, { origin: 'market.example', publicUrl: 'https://market.example' })
  expect(CloudEventSchema.safeParse(sent).error).toBeUndefined()
  const { id: _id, ...withoutId } = sent
  expect(CloudEventSchema.safeParse(withoutId).success).toBe(false)
})

test.skipIf(!examples)('of the standard\'s own examples those with JSON data come in, and the others are told why not', () => {
  const outcomes = examples!.examples.map((one) => [one.datacontenttype ?? null, typeof one.data, IncomingEvent.safeParse(one).success])
  for (const [type, data, taken] of outcomes) expect([type, data, taken]).toEqual([type, data, (type === null || type === 'application/json') && (data === 'object' || data === 'undefined') && taken])
  expect(outcomes.filter(([, , taken]) => taken).length).toBeGreaterThan(0)
})

test('an event that comes in is told every place where it is wrong', () => {
  const faults = (event: object) => IncomingEvent.safeParse(event).error?.issues.map(({ path: [first], message }) => `${String(first)} ${message}`).sort()
  const good = { specversion: '1.0', id: '1', source: 'https://cases.example', type: 'case.closed', subject: 'AJ-1', time: '2026-11-20T10:00:00+08:00', data: {}, traceparent: '00-1' }
  expect(faults(good)).toBeUndefined()
  expect(faults({ ...good, specversion: '0.3', id: '', time: 'gestern', data: [] })).toEqual(['data events.data', 'id events.attribute', 'specversion events.specversion', 'time events.time'])
  expect(faults({ ...good, Big: 1, data_base64: 'AA==' })).toEqual(['data_base64 events.data'])
  expect(faults({ ...good, Big: 1, 'with-dash': 1, inner: { a: 1 } })).toEqual(['Big events.extension', 'inner events.extension', 'with-dash events.extension'])
  expect(faults({ ...good, id: 'a\u0000', subject: '\ud800', time: `${good.time} ` })).toEqual(['id events.attribute', 'subject events.attribute', 'time events.time'])
})

test('ten attempts, and then no more', () => {
  const at = new Date('2026-11-20T02:00:00Z')
  expect(Array.from({ length: 11 }, (_, tried) => nextAttempt(tried, at)).map((next) => (next ? (next.getTime() - at.getTime()) / 1000 : null))).toEqual([0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, null])
})

test.for<[string, ReturnType<typeof urlFault>]>([
  ['https://cases.example/events', null],
  ['https://cases.example:8443/events?key=1', null],
  ['http://cases.example/events', 'events.url-https'],
  ['http://127.0.0.1:9000/events', null],
  ['http://127.0.0.1:9001/events', 'events.url-https'],
  ['ftp://cases.example/', 'events.url'],
  ['https://user:word@cases.example/', 'events.url'],
  ['https://cases.example/#part', 'events.url'],
  ['javascript:alert(1)', 'events.url'],
])('%s as an address of a receiver', ([url, fault]) => {
  expect(urlFault(url, ['127.0.0.1:9000'])).toBe(fault)
})

test('what is secret in an address is not shown', () => {
  expect(shownUrl('https://cases.example/hook?token=abc')).toBe('https://cases.example/hook?…')
})

test('health and the state of a delivery are read from facts', () => {
  const at = new Date()
  expect([healthOf({ endedAt: null, pausedAt: null, retrying: 0 }), healthOf({ endedAt: null, pausedAt: null, retrying: 1 }), healthOf({ endedAt: null, pausedAt: at, retrying: 1 }), healthOf({ endedAt: at, pausedAt: at, retrying: 0 })]).toEqual(['well', 'failing', 'disabled', 'ended'])
  const state = (more: object) => deliveryState({ nextAttemptAt: null, tried: 0, givenUpAt: null, isBehind: false, ...more })
  expect([state({ nextAttemptAt: at }), state({ nextAttemptAt: at, isBehind: true }), state({ nextAttemptAt: at, tried: 2 }), state({ tried: 10, givenUpAt: at }), state({})]).toEqual(['waiting', 'queued', 'retrying', 'given-up', 'delivered'])
})
