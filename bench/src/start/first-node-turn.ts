// A program: one turn of a node in a process that has had none, as JSON on standard output. Its own imports are what it times first.
const loadingAt = performance.now()
const [{ systemClock }, { runNodeTurn }] = await Promise.all([import('@stratakv/core'), import('./node-turn.ts')])
const loadedMs = performance.now() - loadingAt
console.log(JSON.stringify({ loadedMs, ...(await runNodeTurn(systemClock())) }))

export {}
