import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rawClientCases } from '@stratakv/client/compliance'
import { connect } from '@stratakv/client/grpc'
import { describe, expect, it } from 'vitest'
import { openCustomNode } from '../src/custom-node.ts'

// A node's suite is what a client must find behind its socket.
rawClientCases(
  { describe, it, expect },
  {
    supports: { ttl: false, checksum: true },
    async create() {
      const dataDir = await mkdtemp(join(tmpdir(), 'custom-node-'))
      const anywhere = { 'server.addr': '127.0.0.1:0', 'embedded-pd.addr': '127.0.0.1:0', 'server.status-addr': '' }
      const node = await openCustomNode(dataDir, anywhere)
      const client = await connect({ pd: [node.endpoints.pd] })
      return {
        client,
        async dispose() {
          await client.close()
          await node.close()
          await rm(dataDir, { recursive: true })
        },
      }
    },
  },
)
