import type { HttpAnswer, HttpHandler } from '../http-listener.ts'
import { FaultRuleError } from './errors.ts'
import type { FaultRule } from './fault-rule.ts'
import type { Faults, FrozenPart } from './node-faults.ts'

/**
 * Faults over HTTP:
 *
 * - `GET /faults`: the seed, what is frozen, and the rules with how often they fired.
 * - `POST /faults`: a rule, as an object or a line of text, or an array of them: all or none.
 * - `DELETE /faults/ID`: one rule; `DELETE /faults`: all, and thaws.
 * - `POST /faults/freeze` and `/faults/thaw`, `?part=store` or `pd` for one of the two.
 */
export function faultsHttp(faults: Faults): HttpHandler {
  return ({ method, path, query, body }) => {
    const [, root, name, ...more] = path.split('/')
    if (root !== 'faults' || more.length > 0) return undefined
    if (name === undefined) return answerRules(faults, method, body)
    if (name === 'freeze' || name === 'thaw') {
      if (method !== 'POST') return refusal(405, 'method', method, 'POST')
      const part = query.get('part') ?? 'node'
      if (!isPart(part)) return refusal(400, 'part', part, '"store", "pd" or "node"')
      faults[name](part)
      return json(200, state(faults))
    }
    if (method !== 'DELETE') return refusal(405, 'method', method, 'DELETE')
    if (!/^\d+$/.test(name) || !faults.remove(Number(name)))
      return refusal(404, 'id', name, 'the id of a rule at /faults')
    return json(200, state(faults))
  }
}

function answerRules(faults: Faults, method: string, body: string): HttpAnswer {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return json(200, state(faults))
    case 'POST':
      return addRules(faults, body)
    case 'DELETE':
      faults.clear()
      return json(200, state(faults))
    default:
      return refusal(405, 'method', method, 'GET, POST or DELETE')
  }
}

function addRules(faults: Faults, body: string): HttpAnswer {
  let given: unknown
  try {
    given = JSON.parse(body)
  } catch {
    return refusal(400, 'rule', body, 'JSON')
  }
  try {
    return json(200, { rules: faults.addAll((Array.isArray(given) ? given : [given]) as readonly FaultRule[]) })
  } catch (error) {
    if (!(error instanceof FaultRuleError)) throw error
    return json(400, { error: { code: error.code, message: error.message, field: error.field, takes: error.takes } })
  }
}

function state(faults: Faults) {
  return { seed: faults.seed, frozen: faults.frozen, rules: faults.list() }
}

function isPart(part: string): part is FrozenPart {
  return part === 'store' || part === 'pd' || part === 'node'
}

function refusal(status: number, field: string, got: string, takes: string): HttpAnswer {
  return json(status, { error: { message: `${field} takes ${takes}, but is ${JSON.stringify(got)}`, field, takes } })
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` }
}
