import {
  appendThread,
  applyThread,
  type ConfChangeTransition,
  isVoter,
  type Message,
  messageName,
  type NodeId,
  newMessage,
  progressText,
  roleName,
  type Snapshot,
} from '@stratakv/raft'
import type { ScenarioCommand } from '@stratakv/testkit'
import { Arguments, ScenarioCommandError } from './arguments.ts'
import { parseChanges, scenarioConfChanges } from './conf-changes.ts'
import { entriesText, messageText, readyText } from './format.ts'
import { parseLevel, ScenarioOutput } from './output.ts'
import { ScenarioNode } from './scenario-node.ts'

const electionTicks = 3
const heartbeatTicks = 1

type Handler = (environment: Interaction, args: Arguments, command: ScenarioCommand) => void

/** Nodes of one group, and messages between them that somebody has to deliver: the environment of one scenario file. */
export class Interaction {
  readonly #output = new ScenarioOutput()
  readonly #nodes: ScenarioNode[] = []
  #messages: Message[] = []

  /** Does what the command says; answers what is printed. @throws ScenarioCommandError */
  run(command: ScenarioCommand): string {
    const handler = handlers[command.name]
    if (handler === undefined) throw new ScenarioCommandError(`there is no command ${command.name}`)
    const args = new Arguments(command)
    const before = this.#output.level
    const level = command.name === 'stabilize' ? args.text('log-level') : undefined
    if (level !== undefined) this.#output.level = parseLevel(level)
    let failure = ''
    try {
      handler(this, args, command)
    } catch (error) {
      if (error instanceof ScenarioCommandError) throw error
      // What a node refuses is part of the scenario.
      failure = error instanceof Error ? error.message : String(error)
    }
    args.end()
    const { isQuiet } = this.#output
    if (level !== undefined) this.#output.level = before
    const printed = this.#output.take()
    if (isQuiet) return failure === '' ? 'ok' : failure
    return printed + failure === '' ? 'ok' : printed + failure
  }

  get output(): ScenarioOutput {
    return this.#output
  }

  get ids(): readonly NodeId[] {
    return this.#nodes.map((_, at) => at + 1)
  }

  node(id: NodeId): ScenarioNode {
    const node = this.#nodes[id - 1]
    if (node === undefined) throw new ScenarioCommandError(`there is no node ${id}`)
    return node
  }

  add(node: ScenarioNode): void {
    this.#nodes.push(node)
  }

  post(message: Message): void {
    this.#messages.push(message)
  }

  handleReady(id: NodeId): void {
    const node = this.node(id)
    const { raft } = node
    const ready = raft.ready()
    this.#output.print(readyText(ready))
    const isSync = 'advance' in raft
    if (isSync) {
      node.write(ready)
      node.apply(ready.committedEntries)
    }
    for (const message of ready.messages) {
      if (message.to === appendThread) node.appendWork.push(message)
      else if (message.to === applyThread) node.applyWork.push(message)
      else this.post(message)
    }
    if (isSync) raft.advance()
  }

  /** Delivers or drops what waits for a node, of one type or of any. Answers how many. */
  deliver(to: NodeId, { type, drop = false }: { type?: string | undefined; drop?: boolean } = {}): number {
    const isMeant = (message: Message): boolean =>
      message.to === to &&
      !(drop && (message.from === message.to || message.from < 0)) &&
      (type === undefined || messageName(message.type) === type)
    const meant = this.#messages.filter(isMeant)
    this.#messages = this.#messages.filter((message) => !isMeant(message))
    for (const message of meant) {
      this.#output.print(`${drop ? 'dropped: ' : ''}${messageText(message)}\n`)
      if (drop) continue
      try {
        this.node(to).raft.step(message)
      } catch (error) {
        this.#output.print(`${error instanceof Error ? error.message : String(error)}\n`)
      }
    }
    return meant.length
  }

  work(id: NodeId, thread: 'append' | 'apply'): void {
    const node = this.node(id)
    const work = thread === 'append' ? node.workOnAppend() : node.workOnApply()
    if (work === undefined) {
      this.#output.print(`no ${thread} work to perform`)
      return
    }
    this.#output.print(`Processing:\n${messageText({ ...work, responses: [] })}\nResponses:\n`)
    for (const response of work.responses) {
      this.#output.print(`${messageText(response)}\n`)
      this.post(response)
    }
  }

  /** Until nothing is left to do. */
  stabilize(ids: readonly NodeId[]): void {
    for (let isDone = false; !isDone; ) {
      isDone = true
      const each = (isDue: (id: NodeId) => boolean, title: string, run: (id: NodeId) => void): void => {
        for (const id of ids) {
          if (!isDue(id)) continue
          isDone = false
          this.titled(`> ${id} ${title}`, () => run(id))
        }
      }
      each(
        (id) => this.node(id).raft.hasReady,
        'handling Ready',
        (id) => this.handleReady(id),
      )
      each(
        (id) => this.#messages.some(({ to }) => to === id),
        'receiving messages',
        (id) => this.deliver(id),
      )
      for (const thread of ['append', 'apply'] as const) {
        const queue = (id: NodeId): readonly Message[] => this.node(id)[`${thread}Work`]
        each(
          (id) => queue(id).length > 0,
          `processing ${thread} thread`,
          (id) => {
            while (queue(id).length > 0) this.work(id, thread)
          },
        )
      }
    }
  }

  titled(title: string, run: () => void): void {
    this.#output.print(`${title}\n`)
    this.#output.indented(run)
  }
}

/** One after the other, each under its title if there are several. */
function forEach(environment: Interaction, args: Arguments, title: string, run: (id: NodeId) => void): void {
  const ids = args.takeRest().map(Number)
  for (const id of ids) {
    if (ids.length === 1) run(id)
    else environment.titled(`> ${id} ${title}`, () => run(id))
  }
}

const handlers: Readonly<Record<string, Handler>> = {
  'add-nodes': (environment, args) => {
    const count = args.nextId()
    const voters = args.ids('voters')
    const learners = args.ids('learners')
    const index = args.integer('index')
    const content = args.text('content')
    const reads = args.text('read-only')
    if (reads !== undefined && reads !== 'safe' && reads !== 'lease-based') {
      throw new ScenarioCommandError(`read-only is safe or lease-based, not ${reads}`)
    }
    const inflight = args.integer('inflight')
    const committedSize = args.integer('max-committed-size-per-ready')
    const isAsync = args.flag('async-storage-writes')
    const isBootstrapped = [voters, learners, index, content].some((value) => value !== undefined)
    if (isBootstrapped && (index ?? 0) <= 1) throw new ScenarioCommandError('index must be specified as > 1')
    const bootstrap: Snapshot | undefined = isBootstrapped
      ? {
          index: index!,
          term: 1,
          data: new TextEncoder().encode(content ?? ''),
          confState: {
            voters: voters ?? [],
            learners: learners ?? [],
            votersOutgoing: [],
            learnersNext: [],
            autoLeave: false,
          },
        }
      : undefined
    const raft = {
      electionTicks,
      heartbeatTicks,
      preVote: args.flag('prevote'),
      checkQuorum: args.flag('checkquorum'),
      skipsConfChangeChecks: args.flag('disable-conf-change-validation'),
      stepsDownOnRemoval: args.flag('step-down-on-removal'),
      ...(reads === 'lease-based' ? { reads: 'lease' as const } : {}),
      ...(inflight === undefined ? {} : { inflightCountMax: inflight }),
      ...(committedSize === undefined ? {} : { applyingBytesMax: committedSize }),
    }
    for (let added = 0; added < count; added++) {
      const id = environment.ids.length + 1
      environment.add(new ScenarioNode({ raft: { id, ...raft }, isAsync, bootstrap, logger: environment.output }))
    }
  },
  campaign: (environment, args) => environment.node(args.nextId()).raft.campaign(),
  'forget-leader': (environment, args) => environment.node(args.nextId()).raft.forgetLeader(),
  propose: (environment, args) => {
    const node = environment.node(args.nextId())
    node.raft.propose(new TextEncoder().encode(args.next('data')))
  },
  'propose-conf-change': (environment, args, { input }) => {
    const node = environment.node(args.nextId())
    const isV1 = args.flag('v1')
    const transition = (args.text('transition') ?? 'auto') as ConfChangeTransition
    if (!['auto', 'implicit', 'explicit'].includes(transition)) {
      throw new ScenarioCommandError(`a transition is auto, implicit or explicit, not ${transition}`)
    }
    const changes = parseChanges(input)
    if (isV1 && (changes.length !== 1 || transition !== 'auto')) {
      throw new ScenarioCommandError('version 1 makes one change, without a transition')
    }
    const data = scenarioConfChanges.encode({ transition, changes, context: new Uint8Array(0) })
    node.raft.proposeConfChange(isV1 ? 'conf-change' : 'conf-change-v2', data)
  },
  'tick-election': (environment, args) => {
    const { raft } = environment.node(args.nextId())
    for (let tick = 0; tick < electionTicks; tick++) raft.tick()
  },
  'tick-heartbeat': (environment, args) => {
    const { raft } = environment.node(args.nextId())
    for (let tick = 0; tick < heartbeatTicks; tick++) raft.tick()
  },
  'process-ready': (environment, args) => {
    forEach(environment, args, 'handling Ready', (id) => environment.handleReady(id))
  },
  'process-append-thread': (environment, args) => {
    forEach(environment, args, 'processing append thread', (id) => environment.work(id, 'append'))
  },
  'process-apply-thread': (environment, args) => {
    forEach(environment, args, 'processing apply thread', (id) => environment.work(id, 'apply'))
  },
  'deliver-msgs': (environment, args) => {
    const type = args.text('type')
    let count = 0
    for (const id of args.takeRest()) count += environment.deliver(Number(id), { type })
    for (const id of args.ids('drop') ?? []) count += environment.deliver(id, { type, drop: true })
    if (count === 0) environment.output.print('no messages\n')
  },
  stabilize: (environment, args) => {
    const ids = args.takeRest().map(Number)
    environment.stabilize(ids.length > 0 ? ids : environment.ids)
  },
  status: (environment, args) => {
    for (const [id, progress] of environment.node(args.nextId()).raft.progress) {
      environment.output.print(`${id}: ${progressText(progress)}\n`)
    }
  },
  'raft-state': (environment) => {
    for (const id of environment.ids) {
      const { role, term, leader, membership } = environment.node(id).raft.status
      const kind = isVoter(membership.voters, id) ? '(Voter)' : '(Non-Voter)'
      environment.output.print(`${id}: ${roleName(role)} ${kind} Term:${term} Lead:${leader}\n`)
    }
  },
  'raft-log': (environment, args) => printLog(environment, args.nextId()),
  compact: (environment, args) => {
    const id = args.nextId()
    environment.node(id).storage.compact(args.nextId())
    printLog(environment, id)
  },
  'send-snapshot': (environment, args) => {
    const from = args.nextId()
    const to = args.nextId()
    const { raft, storage } = environment.node(from)
    const message = newMessage('snapshot', to, from, raft.status.term, { snapshot: storage.snapshot() })
    environment.post(message)
    environment.output.print(messageText(message))
  },
  'transfer-leadership': (environment, args) => {
    const from = args.integer('from')
    const to = args.integer('to')
    if (from === undefined || to === undefined) throw new ScenarioCommandError('a transfer is from=.. and to=..')
    environment.node(from).raft.transferLeader(to)
  },
  'report-unreachable': (environment, args) => {
    const { raft } = environment.node(args.nextId())
    raft.reportUnreachable(args.nextId())
  },
  'set-randomized-election-timeout': (environment, args) => {
    const { raft } = environment.node(args.nextId())
    const timeout = args.integer('timeout')
    if (timeout === undefined || timeout === 0) throw new ScenarioCommandError('timeout=.. is in ticks, from 1 on')
    raft.electionTimeout = timeout
  },
  'log-level': (environment, args) => {
    environment.output.level = parseLevel(args.next('a level'))
  },
  _breakpoint: () => {},
}

function printLog(environment: Interaction, id: NodeId): void {
  const { storage } = environment.node(id)
  const first = storage.firstIndex()
  const last = storage.lastIndex()
  if (last < first) environment.output.print(`log is empty: first index=${first}, last index=${last}`)
  else environment.output.print(entriesText(storage.entries(first, last + 1, Number.POSITIVE_INFINITY)))
}
