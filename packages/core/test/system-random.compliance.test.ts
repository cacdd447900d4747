import { systemRandom } from '@stratakv/core'
import { randomCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

randomCompliance({ describe, it, expect }, { create: () => systemRandom() })
