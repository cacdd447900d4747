export type RaftLogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Told what a node does. Texts are made only when the level is wanted: a group that logs nothing pays nothing. */
export interface RaftLogger {
  isEnabled(level: RaftLogLevel): boolean
  log(level: RaftLogLevel, text: string): void
}

export const silentLogger: RaftLogger = {
  isEnabled: () => false,
  log: () => {},
}
