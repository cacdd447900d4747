import { seededRandom } from '@stratakv/core'
import { randomCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

const t = { describe, it, expect }

describe('seeded dice', () => randomCompliance(t, { create: () => seededRandom(42), repeatable: true }))
describe('seeded dice from zero', () => randomCompliance(t, { create: () => seededRandom(0), repeatable: true }))
describe('forked dice', () => randomCompliance(t, { create: () => seededRandom(42).fork('disk'), repeatable: true }))
describe('dice of one seed after another', () => {
  let seed = 0
  randomCompliance(t, { create: () => seededRandom(seed++) })
})
