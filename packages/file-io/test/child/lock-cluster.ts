// Two workers of one cluster ask for the lock named on the command line. Prints both outcomes, sorted.
import cluster from 'node:cluster'
import { createNodeFileSystem } from '@stratakv/file-io'

const path = process.argv[2]!
if (cluster.isPrimary) {
  const outcomes: string[] = []
  for (let index = 0; index < 2; index++) {
    cluster.fork().on('message', (outcome: string) => {
      outcomes.push(outcome)
      if (outcomes.length < 2) return
      process.stdout.write(`${outcomes.sort()}\n`)
      cluster.disconnect()
    })
  }
} else {
  const outcome = await createNodeFileSystem()
    .lock(path)
    .then(
      () => 'locked',
      (error) => error.code,
    )
  process.send!(outcome)
}
