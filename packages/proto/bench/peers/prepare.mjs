// Installs the peers and generates their code from ../../proto into dist/ beside this file. Nothing of it is committed.
// ts-proto runs without useJsTypeOverride, all 64-bit fields bigint: in 2.18 its encoder throws on a repeated JS_NUMBER field.
// protoc-gen-es stays at 2.13: later ones need Node 22.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'

const here = dirname(fileURLToPath(import.meta.url))
const protoFolder = join(here, '../../proto')
const run = (command, args) => execFileSync(command, args, { cwd: here, stdio: 'inherit' })

run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'])
const template = {
  version: 'v2',
  plugins: [
    {
      local: ['node_modules/.bin/protoc-gen-ts_proto'],
      out: 'dist/ts-proto',
      opt: [
        'forceLong=bigint',
        'oneof=unions-value',
        'esModuleInterop=true',
        'importSuffix=.js',
        'outputServices=none',
        'outputJsonMethods=false',
        'outputPartialMethods=false',
        'enumsAsLiterals=true',
      ],
    },
    { local: ['node_modules/.bin/protoc-gen-es'], out: 'dist/protobuf-es', opt: ['target=js', 'import_extension=js'] },
  ],
}
mkdirSync(join(here, 'dist/protobufjs'), { recursive: true })
writeFileSync(join(here, 'dist/buf.gen.json'), JSON.stringify(template))
const buf = join(here, '../../../../node_modules/.bin/buf')
run(buf, ['generate', protoFolder, '--template', 'dist/buf.gen.json'])
// Only stripped of types, not checked: it is theirs.
const tsProto = join(here, 'dist/ts-proto')
for (const name of readdirSync(tsProto).filter((each) => each.endsWith('.ts'))) {
  const options = { target: typescript.ScriptTarget.ES2023, module: typescript.ModuleKind.ESNext }
  const { outputText } = typescript.transpileModule(readFileSync(join(tsProto, name), 'utf8'), {
    compilerOptions: options,
  })
  writeFileSync(join(tsProto, name.replace(/ts$/, 'js')), outputText)
}
run('node_modules/.bin/pbjs', [
  ...[
    '-t',
    'static-module',
    '-w',
    'es6',
    '--no-create',
    '--no-verify',
    '--no-convert',
    '--no-delimited',
    '--no-service',
  ],
  ...[
    '-p',
    protoFolder,
    '-o',
    'dist/protobufjs/proto.js',
    join(protoFolder, 'tikvpb.proto'),
    join(protoFolder, 'pdpb.proto'),
  ],
])
