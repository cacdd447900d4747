// Starts writes in a worker thread and has the worker ended in their middle, or the process: neither may crash. Arguments:
// backend, folder, what ends (`worker`, `process`).
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type NativeBackend, openNativeFileSystem } from '@stratakv/file-io-native'

const loaderUrl = new URL('../../../file-io/test/child/typescript-loader.mjs', import.meta.url).href

async function write(backend: string, path: string): Promise<void> {
  const fs = openNativeFileSystem({ backend: backend as NativeBackend, threadCount: 2 })
  const file = await fs.open(path, 'create')
  for (let index = 0; index < 60; index++) {
    // Nobody awaits them: they run when the end comes.
    void file.writeAt([new Uint8Array(100_000).fill(index + 1)], index * 100_000, 'data')
  }
}

if (isMainThread) {
  const [backend, folder, what] = process.argv.slice(2)
  if (what === 'process') {
    await write(backend!, `${folder}/a`)
    process.exit(0)
  }
  for (let round = 0; round < 2; round++) {
    // A worker has its own list of loaders.
    const loader = `import { register } from 'node:module'; register(${JSON.stringify(loaderUrl)})`
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { backend, path: `${folder}/${round}` },
      execArgv: ['--conditions=stratakv-source', '--import', `data:text/javascript,${encodeURIComponent(loader)}`],
    })
    await new Promise((resolve) => worker.once('message', resolve))
    await worker.terminate()
  }
  process.stdout.write('two workers ended\n')
} else {
  await write(workerData.backend, workerData.path)
  parentPort!.postMessage('begun')
}
