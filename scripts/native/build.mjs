// Builds the Rust backend for this machine, beside packages/file-io-native, where it is found by itself. Without cargo it
// says so and succeeds: everything works without it, on node:fs.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const cargo = spawnSync('cargo', ['--version'], { encoding: 'utf8' })
if (cargo.status !== 0) {
  console.log('cargo is not here: the Rust file I/O backend is not built, and node:fs does its work')
} else {
  const { status } = spawnSync(npm, ['run', '--silent', 'build:native', '-w', 'packages/file-io-native'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exitCode = 1
  else console.log(`the Rust file I/O backend is built, with ${cargo.stdout.trim()}`)
}
