import { AssertionError } from '@stratakv/core'
import { forSeeds, SeedFailedError, seededRandom } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  // Whoever replays a seed of another test must not change this one.
  vi.stubEnv('STRATA_SEED', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function seedsRun(count: number): Promise<number[]> {
  const seeds: number[] = []
  await forSeeds(count, (seed) => {
    seeds.push(seed)
  })
  return seeds
}

describe('forSeeds', () => {
  it('runs the first seeds, each with dice of its own', async () => {
    const firsts: number[] = []
    await forSeeds(3, async (seed, random) => {
      expect(random.seed).toBe(seed)
      firsts.push(random.uint32())
    })
    expect(firsts).toEqual([1, 2, 3].map((seed) => seededRandom(seed).uint32()))
  })

  it('runs what the environment asks for instead', async () => {
    vi.stubEnv('STRATA_SEED', '17')
    expect(await seedsRun(3)).toEqual([17])
    vi.stubEnv('STRATA_SEED', '1000..1003')
    expect(await seedsRun(1)).toEqual([1000, 1001, 1002, 1003])
    for (const wrong of ['x', '-1', '5..3', '1.5', '99999999999999999999']) {
      vi.stubEnv('STRATA_SEED', wrong)
      await expect(forSeeds(1, () => {})).rejects.toBeInstanceOf(AssertionError)
    }
  })

  it('stops at the first failure and says how to replay it', async () => {
    const cause = new RangeError('the eighth is wrong')
    const run: number[] = []
    const error = await forSeeds(20, (seed) => {
      run.push(seed)
      if (seed === 8) throw cause
    }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(SeedFailedError)
    expect(run).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(error).toMatchObject({ seed: 8, cause })
    const { message, replayCommand } = error as SeedFailedError
    expect(replayCommand).toMatch(/^STRATA_SEED=8 npx vitest run (packages\/testkit\/)?test\/seeds\.test\.ts$/)
    expect(message).toContain('seed 8 failed: the eighth is wrong')
    expect(message).toContain(replayCommand)
  })

  it('makes its replay command work', async () => {
    const failing = (seed: number) => {
      if (seed === 8) throw new Error('wrong')
    }
    const error = (await forSeeds(20, failing).catch((caught: unknown) => caught)) as SeedFailedError
    vi.stubEnv('STRATA_SEED', /STRATA_SEED=(\S+)/.exec(error.replayCommand)![1])
    await expect(forSeeds(20, failing)).rejects.toMatchObject({ seed: 8 })
  })
})
