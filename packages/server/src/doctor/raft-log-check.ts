import type { Checksum, FileSystem } from '@stratakv/core'
import { inspectLevelFiles } from '@stratakv/level-engine'
import { checkLog } from '@stratakv/raft-engine/tools'
import { levelLogFolder, raftEngineFolder } from '../data-directory/data-directory.ts'
import type { FindingList } from './finding.ts'

const restoreAdvice =
  'put it back from a copy taken after the last clean stop. Without one, restore a backup into a new data directory; with other replicas, let the store start empty and be filled from them'

/** Looks at the Raft log, if the marker says that there is one. What is wrong with it is a finding. */
export async function checkRaftLog(
  deps: { readonly fs: FileSystem; readonly checksum: Checksum },
  directory: string,
  parts: readonly string[],
  findings: FindingList,
): Promise<void> {
  for (const folder of [raftEngineFolder, levelLogFolder]) {
    if (!parts.includes(folder)) continue
    const place = `${directory}/${folder}`
    if ((await deps.fs.stat(place)) === undefined || (await deps.fs.list(place)).length === 0) {
      const detail = 'the Raft log is gone, and with it what was acknowledged last'
      const advice = `if raft-engine.dir names another folder, nothing. Otherwise ${restoreAdvice}`
      findings.add({ severity: 'error', code: 'FOLDER_MISSING', place, detail, advice })
    } else if (folder === raftEngineFolder) await checkRaftEngine(deps.fs, place, findings)
    else await checkLevelLog(deps.checksum, place, findings)
  }
}

async function checkRaftEngine(fileSystem: FileSystem, place: string, findings: FindingList): Promise<void> {
  const report = await checkLog({ fileSystem }, { paths: [place] })
  for (const { severity, path, offset, detail } of report.findings) {
    const advice =
      severity === 'info'
        ? 'nothing: a crash, or files that are used again, leave it so'
        : severity === 'warning'
          ? 'after a crash or a power cut nothing: what follows was never acknowledged. Otherwise the disk lost it: restore a backup'
          : `${restoreAdvice}; \`stratakv raft-engine repair\` makes a log readable, without what is damaged`
    findings.add({ severity, code: 'RAFT_LOG', place: path, detail: `at byte ${offset} ${detail}`, advice })
  }
}

async function checkLevelLog(checksum: Checksum, place: string, findings: FindingList): Promise<void> {
  for (const { name, offset, detail, isTail } of await inspectLevelFiles({ checksum }, place)) {
    findings.add({
      severity: isTail && name.endsWith('.log') ? 'warning' : 'error',
      code: 'RAFT_LOG',
      place: `${place}/${name}`,
      detail: `at byte ${offset} ${detail}`,
      advice: restoreAdvice,
    })
  }
}
