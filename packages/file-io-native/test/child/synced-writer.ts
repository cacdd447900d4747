// Writes records with a sync, one after another, and says on the standard output when each has resolved: in the trace of
// system calls, no such line may come before its sync is over. Arguments: backend, path, record count.
import { writeSync } from 'node:fs'
import { type NativeBackend, openNativeFileSystem } from '@stratakv/file-io-native'

const [backend, path, count] = process.argv.slice(2)
const fs = openNativeFileSystem({ backend: backend as NativeBackend })
const file = await fs.open(path!, 'create')
await file.allocate(0, 65_536)
writeSync(1, `backend ${fs.backend}\n`)
for (let record = 0; record < Number(count); record++) {
  await file.writeAt([new Uint8Array(3_000).fill(record + 1)], record * 3_000, record % 2 === 0 ? 'data' : 'all')
  writeSync(1, `acknowledged ${record}\n`)
}
await file.close()
// The file system is not closed: neither its threads nor its ring may keep the process.
