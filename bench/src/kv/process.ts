import { type ChildProcess, spawn } from 'node:child_process'

/** A server that runs beside the benchmark. */
export interface ServerProcess {
  /** What it printed on standard output up to being ready. */
  readonly output: string
  /** SIGTERM, and resolves when it has ended. */
  stop(): Promise<void>
}

export interface ServerStart {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Looked for in standard output and standard error. */
  readonly readyText: string
}

/** A server that is not ready by then will not be. */
const readyTimeoutMs = 30_000

/** Starts a server and resolves when it says that it is ready. It is stopped by its process id, never by name. */
export async function startServer(start: ServerStart): Promise<ServerProcess> {
  const child = spawn(start.command, start.args, { cwd: start.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const output = await readyOutput(child, start)
  return {
    output,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readyOutput(child: ChildProcess, start: ServerStart): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${start.command} was not ready within ${readyTimeoutMs} ms:\n${output}`))
    }, readyTimeoutMs)
    const onData = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(start.readyText)) settle(() => resolve(output))
    }
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      for (const stream of [child.stdout!, child.stderr!]) {
        stream.off('data', onData)
        // What comes later is read and dropped: a full pipe would stop the server.
        stream.resume()
      }
      finish()
    }
    child.stdout!.on('data', onData)
    child.stderr!.on('data', onData)
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code) =>
      settle(() => reject(new Error(`${start.command} ended with ${code} before it was ready:\n${output}`))),
    )
  })
}

/** Runs a program to its end and resolves with its standard output. `env`: added to ours. */
export function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${errors}`))
    })
  })
}

/** True when `command` can be started at all. */
export async function hasProgram(command: string, versionFlag: string): Promise<boolean> {
  try {
    await runProgram(command, [versionFlag], '.')
    return true
  } catch {
    return false
  }
}
