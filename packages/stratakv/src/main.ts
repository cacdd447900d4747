#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { backupCommand } from './backup-command.ts'
import { configCommand } from './config-command.ts'
import { doctorCommand } from './doctor-command.ts'
import { pdCommand } from './pd-command.ts'
import { playgroundCommand } from './playground-command.ts'
import { raftEngineCommand } from './raft-engine-command.ts'
import { restoreCommand } from './restore-command.ts'
import { serverCommand } from './server-command.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

await new Command('stratakv')
  .description("TiKV 6.1's storage node in TypeScript: runs a node that unmodified TiKV clients connect to.")
  .version(version)
  .addCommand(serverCommand())
  .addCommand(pdCommand())
  .addCommand(playgroundCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(doctorCommand())
  .addCommand(raftEngineCommand())
  .addCommand(configCommand())
  .showHelpAfterError('(run with --help for the options)')
  .parseAsync()
