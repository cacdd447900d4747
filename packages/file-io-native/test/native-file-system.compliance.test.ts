import { fileSystemCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { configurations, describeNative, nativeDisk } from './native-disks.ts'

for (const { name, options } of configurations) {
  describeNative(name, () => {
    fileSystemCompliance({ describe, it, expect }, { create: () => nativeDisk(options) })
  })
}
