import { raftLogEngineCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { createMemoryRaftLog } from '../src/index.ts'

describe('memory Raft log', () => {
  raftLogEngineCompliance(
    { describe, it, expect },
    {
      async create() {
        const engine = createMemoryRaftLog()
        return { engine, dispose: () => engine.close() }
      },
    },
  )
})
