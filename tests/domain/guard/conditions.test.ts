import { expect, test } from 'vitest'
import type { Condition } from '#app/domain/catalogue/condition.ts'
import { evaluate, type Truth } from '#app/domain/guard/conditions.ts'

const hazard: Condition = { fact: 'site.hazardZone', is: true }
const hilly: Condition = { fact: 'site.hilly', is: true }

test.each<[string, Condition, object, Truth, string[]]>([
  ['a fact that is so', hazard, { 'site.hazardZone': true }, 'met', []],
  ['a fact that is not so', hazard, { 'site.hazardZone': false }, 'not-met', []],
  ['a fact that nobody gave', hazard, {}, 'unknown', ['site.hazardZone']],
  ['one of several words', { fact: 'eia.class', in: ['report', 'form'] }, { 'eia.class': 'form' }, 'met', []],
  ['none of several words', { fact: 'eia.class', in: ['report', 'form'] }, { 'eia.class': 'none' }, 'not-met', []],
  ['an amount that is reached', { fact: 'energy.standardCoalTons', atLeast: 1000 }, { 'energy.standardCoalTons': 1000 }, 'met', []],
  ['an amount that is not', { fact: 'energy.standardCoalTons', atLeast: 1000 }, { 'energy.standardCoalTons': 999.99 }, 'not-met', []],
  ['a set that holds the value', { fact: 'site.regionalAssessments', is: 'energy' }, { 'site.regionalAssessments': ['flood', 'energy'] }, 'met', []],
  ['an empty set', { fact: 'site.regionalAssessments', is: 'energy' }, { 'site.regionalAssessments': [] }, 'not-met', []],
  ['all, one of them not so', { all: [hazard, hilly] }, { 'site.hilly': false }, 'not-met', []],
  ['all, one of them unknown', { all: [hazard, hilly] }, { 'site.hilly': true }, 'unknown', ['site.hazardZone']],
  ['all of them', { all: [hazard, hilly] }, { 'site.hilly': true, 'site.hazardZone': true }, 'met', []],
  ['any, one of them so', { any: [hazard, hilly] }, { 'site.hilly': true }, 'met', []],
  ['any, one of them unknown', { any: [hazard, hilly] }, { 'site.hilly': false }, 'unknown', ['site.hazardZone']],
  ['any, none of them', { any: [hazard, hilly] }, { 'site.hilly': false, 'site.hazardZone': false }, 'not-met', []],
  ['one unknown fact asked twice', { all: [hazard, { any: [hazard, hilly] }] }, {}, 'unknown', ['site.hazardZone', 'site.hilly']],
])('%s', (_, condition, facts, truth, missing) => {
  expect(evaluate(condition, facts)).toEqual({ truth, missing })
})
