import { expect, test } from 'vitest'
import { isInnerByName, isOutside, safeAddress, type Resolved } from '#app/domain/events/safe-address.server.ts'
import { sendWebhook } from '#app/domain/events/send-webhook.server.ts'
import { startReceiver } from '#tests/support/receiver.ts'

const INNER = [
  '0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1',
  'localhost', '', '1.2.3', '0x7f000001', 'cases.example',
]
const OUTER = ['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '223.5.5.5', '2400:3200::1', '2606:4700:4700::1111', '2a00:1450::1']

test('an inner address is none that a receiver may have, in whichever family it is dressed', () => {
  expect(INNER.filter(isOutside)).toEqual([])
  expect(OUTER.filter((address) => !isOutside(address))).toEqual([])
})

test('an address that says by itself that it leads inwards is known before anything is sent', () => {
  const inner = (url: string) => isInnerByName(new URL(url), ['127.0.0.1:9000'])
  for (const url of ['https://169.254.169.254/', 'https://[::1]/', 'https://127.0.0.1/', 'https://0x7f000001/', 'https://2130706433/', 'https://localhost/', 'https://a.localhost./', 'https://[::ffff:10.0.0.1]/']) expect(inner(url), url).toBe(true)
  for (const url of ['http://127.0.0.1:9000/', 'https://8.8.8.8/', 'https://cases.example/', 'https://notlocalhost/']) expect(inner(url), url).toBe(false)
})

const at = (...addresses: string[]) => async (): Promise<Resolved[]> => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

test.for<[string, Resolved[] | null, unknown]>([
  ['https://127.0.0.1/', null, 'inner-address'],
  ['https://[::1]/', null, 'inner-address'],
  ['https://[::ffff:10.0.0.1]/', null, 'inner-address'],
  ['https://2130706433/', null, 'inner-address'],
  ['https://0x7f.1/', null, 'inner-address'],
  ['https://0177.0.0.1/', null, 'inner-address'],
  ['https://169.254.169.254/latest/meta-data/', null, 'inner-address'],
  ['https://rebind.example/', [{ address: '10.0.0.5', family: 4 }], 'inner-address'],
  ['https://half.example/', [{ address: '8.8.8.8', family: 4 }, { address: '::1', family: 6 }], 'inner-address'],
  ['https://good.example/', [{ address: '8.8.8.8', family: 4 }], { address: '8.8.8.8', family: 4 }],
  ['https://nowhere.example/', [], 'no-such-host'],
])('%s is looked at before anybody connects', async ([url, found, expected]) => {
  expect(await safeAddress(new URL(url), { allowedHosts: [], resolveBy: async () => found ?? [] })).toEqual(expected)
})

test('a name whose server never answers leads nowhere', async () => {
  expect(await safeAddress(new URL('https://mute.example/'), { allowedHosts: [], resolveBy: () => new Promise(() => {}), withinMs: 20 })).toBe('no-such-host')
})

const signed = { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' }

test('the connection goes to the address that was looked at, and only there', async () => {
  const receiver = await startReceiver()
  const { port } = new URL(receiver.url())
  let asked = 0
  // A name that is an allowed one at the look and would be something else at a second.
  const resolveBy = async (): Promise<Resolved[]> => [{ address: asked++ === 0 ? '127.0.0.1' : '192.0.2.1', family: 4 }]
  const host = `receiver.example:${port}`
  expect(await sendWebhook({ url: `http://${host}/events`, headers: signed, body: '{}' }, { allowedHosts: [host], resolveBy })).toEqual({ status: 204, fault: null })
  expect([asked, receiver.knocks[0]!.headers.host]).toEqual([1, host])
  expect(await sendWebhook({ url: `http://${host}/events`, headers: signed, body: '{}' }, { allowedHosts: [], resolveBy })).toEqual({ status: null, fault: 'not-https' })
  expect(await sendWebhook({ url: `https://${host}/events`, headers: signed, body: '{}' }, { allowedHosts: [], resolveBy: at('127.0.0.1') })).toEqual({ status: null, fault: 'inner-address' })
  expect(receiver.knocks).toHaveLength(1)
  await receiver.stop()
})

test('a redirect is an answer and is not followed; a closed port and silence have their words', async () => {
  const receiver = await startReceiver()
  const allowed = { allowedHosts: [receiver.host], withinMs: 5000 }
  receiver.answerWith(302, { location: receiver.url('/elsewhere') })
  expect(await sendWebhook({ url: receiver.url(), headers: signed, body: '{}' }, allowed)).toEqual({ status: 302, fault: null })
  expect(receiver.knocks.map(({ path }) => path)).toEqual(['/events'])
  receiver.silent()
  expect(await sendWebhook({ url: receiver.url(), headers: signed, body: '{}' }, allowed)).toEqual({ status: null, fault: 'too-slow' })
  receiver.flood()
  expect(await sendWebhook({ url: receiver.url(), headers: signed, body: '{}' }, { ...allowed, withinMs: 30_000 })).toEqual({ status: 200, fault: null })
  await receiver.down()
  expect(await sendWebhook({ url: receiver.url(), headers: signed, body: '{}' }, allowed)).toEqual({ status: null, fault: 'no-answer' })
})
