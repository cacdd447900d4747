import {
  appendThread,
  applyThread,
  changesText,
  confStateText,
  type Entry,
  entryName,
  type HardState,
  idText,
  type Message,
  messageName,
  type NodeId,
  type Ready,
  roleName,
  type Snapshot,
} from '@stratakv/raft'
import { scenarioConfChanges } from './conf-changes.ts'

/** How etcd's scenario files print what nodes say. */

export function readyText(ready: Ready): string {
  const { softState, hardState, readStates, entries, snapshot, committedEntries, messages, mustSync } = ready
  let text = ''
  if (softState !== undefined) text += `Lead:${softState.leader} State:${roleName(softState.role)}\n`
  if (hardState !== undefined && !isEmpty(hardState)) text += `HardState ${hardStateText(hardState)}\n`
  if (readStates.length > 0) {
    const states = readStates.map(({ index, context }) => `{${index} [${[...context].join(' ')}]}`)
    text += `ReadStates [${states.join(' ')}]\n`
  }
  if (entries.length > 0) text += `Entries:\n${entriesText(entries)}`
  if (snapshot !== undefined) text += `Snapshot ${snapshotText(snapshot)}\n`
  if (committedEntries.length > 0) text += `CommittedEntries:\n${entriesText(committedEntries)}`
  if (messages.length > 0) text += `Messages:\n${messages.map((message) => `${messageText(message)}\n`).join('')}`
  return text === '' ? '<empty Ready>\n' : `Ready MustSync=${mustSync}:\n${text}`
}

/** Lines behind the first are indented. No line break at the end. */
export function messageText(message: Message): string {
  const { from, to, type, term, logTerm, index, reject, rejectHint, commit, vote, entries, snapshot, responses } =
    message
  let text = `${nodeText(from)}->${nodeText(to)} ${messageName(type)} Term:${term} Log:${logTerm}/${index}`
  if (reject) text += ` Rejected (Hint: ${rejectHint})`
  if (commit !== 0) text += ` Commit:${commit}`
  if (vote !== 0) text += ` Vote:${vote}`
  if (entries.length === 1) text += ` Entries:[${entryText(entries[0]!)}]`
  else if (entries.length > 1) text += ` Entries:[\n${entries.map((entry) => `  ${entryText(entry)}\n`).join('')}]`
  if (snapshot !== undefined) text += `\n  Snapshot: ${snapshotText(snapshot)}`
  if (responses.length > 0) {
    text += ` Responses:[\n${responses.map((response) => `${indent(`${messageText(response)}\n`)}`).join('')}]`
  }
  return text
}

export function entriesText(entries: readonly Entry[]): string {
  return entries.map((entry) => `${entryText(entry)}\n`).join('')
}

export function indent(text: string): string {
  return text.replace(/^(?=[^\n])/gm, '  ')
}

function entryText({ type, term, index, data }: Entry): string {
  const head = `${term}/${index} ${entryName(type)}`
  if (type === 'normal') return `${head} ${quoted(data)}`
  const changes = changesText(scenarioConfChanges.decode(type, data).changes)
  return changes === '' ? head : `${head} ${changes}`
}

function snapshotText({ index, term, confState }: Snapshot): string {
  return `Index:${index} Term:${term} ConfState:${confStateText(confState)}`
}

function hardStateText({ term, vote, commit }: HardState): string {
  return `Term:${term}${vote === 0 ? '' : ` Vote:${vote}`} Commit:${commit}`
}

function isEmpty({ term, vote, commit }: HardState): boolean {
  return term === 0 && vote === 0 && commit === 0
}

function nodeText(id: NodeId): string {
  if (id === appendThread) return 'AppendThread'
  if (id === applyThread) return 'ApplyThread'
  return id === 0 ? 'None' : idText(id)
}

/** As Go's `%q` prints bytes. */
function quoted(data: Uint8Array): string {
  let text = ''
  for (const byte of data) {
    if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`
    else if (byte === 0x0a) text += '\\n'
    else if (byte === 0x09) text += '\\t'
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte)
    else text += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `"${text}"`
}
