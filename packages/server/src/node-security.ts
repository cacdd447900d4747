import { ServerSecurity } from '@stratakv/grpc'
import type { ChannelSecurityOptions } from '@stratakv/grpc/channel'
import { ConfigValueError } from './config/errors.ts'
import type { Config } from './config/keys.ts'
import type { Logger } from './log/logger.ts'

/** True when `security.*` says that every port is encrypted. */
export function isSecured(config: Config): boolean {
  return config['security.cert-path'] !== '' || config['security.key-path'] !== '' || config['security.ca-path'] !== ''
}

/**
 * TLS as `security.*` configures it, for all ports of the node; `undefined`: cleartext.
 *
 * @throws ConfigValueError naming the key that is missing, SecurityFilesError
 */
export async function openNodeSecurity(config: Config, logger: Logger): Promise<ServerSecurity | undefined> {
  checkSecurityKeys(config)
  if (!isSecured(config)) return undefined
  const caPath = config['security.ca-path']
  return ServerSecurity.open(
    {
      onUnusableFiles: (error) =>
        logger.error('new TLS files are of no use, the old ones stay in force', { error: error.message }),
      onRefused: (peer, reason) => logger.warn('a TLS connection was refused', { peer, reason }),
    },
    {
      certPath: config['security.cert-path'],
      keyPath: config['security.key-path'],
      ...(caPath === '' ? {} : { caPath }),
      allowedCommonNames: config['security.cert-allowed-cn'],
    },
  )
}

/** The same for calls to other stores and to the placement driver. */
export function channelSecurityOf(config: Config): { readonly security?: ChannelSecurityOptions } {
  if (!isSecured(config)) return {}
  const caPath = config['security.ca-path']
  const security = { certPath: config['security.cert-path'], keyPath: config['security.key-path'] }
  return { security: caPath === '' ? security : { ...security, caPath } }
}

function checkSecurityKeys(config: Config): void {
  if (isSecured(config)) {
    for (const key of ['security.cert-path', 'security.key-path'] as const) {
      if (config[key] === '') throw new ConfigValueError(key, '', 'the path of a PEM file when TLS is on')
    }
  }
  const names = config['security.cert-allowed-cn']
  if (names.length > 0 && config['security.ca-path'] === '') {
    throw new ConfigValueError('security.cert-allowed-cn', names, 'no names unless security.ca-path is set')
  }
}
