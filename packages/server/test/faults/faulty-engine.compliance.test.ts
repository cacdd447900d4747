import { kvEngineCompliance } from '@stratakv/core/compliance'
import { createMemoryEngine } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { FaultyEngine } from '../../src/faults/faulty-engine.ts'

describe('an engine whose disk may fail, and does not', () => {
  kvEngineCompliance(
    { describe, it, expect },
    {
      async create() {
        const engine = new FaultyEngine(createMemoryEngine(), () => undefined)
        return { engine, dispose: () => engine.close() }
      },
    },
  )
})
