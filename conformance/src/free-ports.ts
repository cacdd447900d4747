import { createServer } from 'node:net'
import { below, type Random, systemRandom } from '@stratakv/core'

/**
 * Below the range from which the system takes ports of outgoing connections: a server that is killed must find its port
 * free again, although its clients keep dialling meanwhile.
 */
const portMin = 20_000
const portMax = 32_000
const attemptsMax = 200

/** Ports of the loopback interface that nobody listened on a moment ago. */
export async function freePorts(count: number, random: Random = systemRandom()): Promise<number[]> {
  const ports = new Set<number>()
  for (let attempt = 0; attempt < attemptsMax && ports.size < count; attempt++) {
    const port = portMin + below(random, portMax - portMin)
    if (await isFree(port)) ports.add(port)
  }
  if (ports.size < count) throw new Error(`no ${count} free ports in ${portMin}..${portMax}`)
  return [...ports]
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
