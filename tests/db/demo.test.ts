import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { readConfig } from '#app/config.server.ts'
import { usccFault } from '#app/domain/accounts/uscc.ts'
import { keepDemo } from '#db/seeds/demo.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import { testApart } from '#tests/support/database.ts'

testApart('the demo is filled once and told in demo.json, readable by its owner alone', async ({ database, onTestFinished }) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-demo-'))
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }))
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: 'true', DEMO_SCALE: '0', PUBLIC_URL: 'http://127.0.0.1:4321' })
  const first = await keepDemo(config)
  const counted = await counts()
  const second = await keepDemo(config)

  expect(second).toEqual(first)
  expect(await counts()).toEqual(counted)
  expect(counted).toMatchObject({ demo_people: DEMO_PEOPLE.filter(({ sentence }) => sentence).length, projects: 3, tenders: 2, bids: 6, api_clients: 1 })
  expect(JSON.parse(fs.readFileSync(path.join(dataDir, 'demo.json'), 'utf8'))).toEqual(first)
  expect(fs.statSync(path.join(dataDir, 'demo.json')).mode & 0o077).toBe(0)
  expect(first.apiClient.authority).toBe(DEMO_PEOPLE.find(({ role }) => role === 'authority')!.organisation.uscc)

  async function counts() {
    const tables = ['accounts', 'organisations', 'demo_people', 'offerings', 'projects', 'tenders', 'bids', 'api_clients', 'ledger_entries']
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, Number((await database.owner(table).count())[0]!.count)])))
  }
})

testApart('a demo that lost its demo.json gets new secrets, and its people can sign in with them', async ({ database, onTestFinished }) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-demo-'))
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }))
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: 'true', DEMO_SCALE: '0' })
  const first = await keepDemo(config, { withTender: false })
  const before = await database.owner('credentials').where({ sign_in_name: 'owner' }).first()
  fs.rmSync(path.join(dataDir, 'demo.json'))
  const second = await keepDemo(config, { withTender: false })
  const after = await database.owner('credentials').where({ sign_in_name: 'owner' }).first()
  expect(second.accounts[0]!.signIn.password).not.toBe(first.accounts[0]!.signIn.password)
  expect(second.apiClient.secret).not.toBe(first.apiClient.secret)
  expect(after.password_hash).not.toBe(before.password_hash)
})

testApart('a demo of before the second operator gets one at its next start, with the password of all, and both are operators of one house', async ({ database, onTestFinished }) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-demo-'))
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }))
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: 'true', DEMO_SCALE: '0' })
  await keepDemo(config, { withTender: false })
  const { account_id: former } = await database.owner('credentials').where({ sign_in_name: 'operator2' }).first()
  await database.owner('credentials').where({ account_id: former }).update({ sign_in_name: 'somebody-else' })
  await database.owner('demo_people').where({ account_id: former }).delete()
  await keepDemo(config, { withTender: false })
  const { account_id: joined } = await database.owner('credentials').where({ sign_in_name: 'operator2' }).first()
  expect(await database.owner('demo_people').where({ account_id: joined })).toHaveLength(1)
  const { account_id: manager } = await database.owner('credentials').where({ sign_in_name: 'operator' }).first()
  const houses = await database.owner('memberships').whereIn('account_id', [joined, manager]).where({ role: 'operator' }).distinct('organisation_id')
  expect(houses).toHaveLength(1)
})

testApart('every code of the demo passes both checks', () => {
  for (const { organisation } of DEMO_PEOPLE) if (organisation.uscc) expect(usccFault(organisation.uscc), organisation.name).toBeNull()
})
