import { openCustomNode } from './custom-node.ts'

const { endpoints, close } = await openCustomNode('./custom-node-data')
console.log(`placement driver ${endpoints.pd}, store ${endpoints.store}; Ctrl-C ends it`)
process.once('SIGINT', close)
