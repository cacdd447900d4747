import { systemClock, systemRandom } from '@stratakv/core'
import { StorageNode } from '@stratakv/server'
import { expect, it } from 'vitest'
import { certificateFolder, createAuthority } from '../../grpc/test/certificates.ts'
import { connectCluster, securityOf } from '../src/cluster-connection.ts'

it('a cluster behind mutual TLS is reached with the files that the flags name', async () => {
  const folder = await certificateFolder()
  const authority = await createAuthority('backup test')
  const caPath = await folder.write('ca.pem', authority.cert)
  const files = async (name: string) => {
    const { cert, key } = await authority.issue({ name })
    return { certPath: await folder.write(`${name}.pem`, cert), keyPath: await folder.write(`${name}.key`, key) }
  }
  const own = await files('node')
  await using node = await StorageNode.open({
    config: {
      'storage.engine': 'memory',
      'server.addr': '127.0.0.1:0',
      'server.status-addr': '',
      'embedded-pd.addr': '127.0.0.1:0',
      'security.ca-path': caPath,
      'security.cert-path': own.certPath,
      'security.key-path': own.keyPath,
    },
  })
  const { pd } = await node.serve()
  const deps = { clock: systemClock(), random: systemRandom() }
  const security = securityOf({ caPath, ...(await files('operator')) })
  await using connection = await connectCluster(deps, [pd], security)
  expect(connection.cluster.clusterId).toBe(node.clusterId)
  await connection.cluster.write('raw', [{ key: Uint8Array.of(1), value: Uint8Array.of(2) }])
  expect(securityOf({})).toBeUndefined()
  await folder.remove()
})
