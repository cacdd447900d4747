// Takes the lock named on the command line and says so. With `stay` it then waits to be killed, else it ends by itself:
// a held lock must not keep a process alive.
import { createNodeFileSystem } from '@stratakv/file-io'

const [path, what] = process.argv.slice(2)
await createNodeFileSystem().lock(path!)
process.stdout.write('locked\n')
if (what === 'stay') process.stdin.resume()
