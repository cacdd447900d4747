import { apiVersionCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { v1 } from '../src/v1.ts'

apiVersionCompliance(
  { describe, it, expect },
  {
    create: v1,
    key: (_kind, suffix) => suffix,
    supports: {
      name: 'V1',
      hasTtl: false,
      takes: { raw: [0], txn: [0] },
      rawColumnFamilies: { '': 'default', default: 'default', lock: 'lock', write: 'write' },
    },
  },
)
