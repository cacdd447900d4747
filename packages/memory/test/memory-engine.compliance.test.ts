import { kvEngineCompliance } from '@stratakv/core/compliance'
import { createMemoryEngine } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'

describe('memory engine', () => {
  kvEngineCompliance(
    { describe, it, expect },
    {
      async create() {
        const engine = createMemoryEngine()
        return { engine, dispose: () => engine.close() }
      },
    },
  )
})
