import { spawn } from 'child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import type { Plan } from '../../rehearsal/plan/contract'
import { mappingOf, useSandbox } from '../support/marketo'

const SECRET = 'secret+of/all=secrets'
const sandbox = useSandbox(undefined, SECRET)

const ROOT = join(__dirname, '../..')
const LEADS = [{ id: 11, email: 'ada@example.com', userId: 'ada', firstName: 'Ada' }]
const MAPPINGS = [
  { name: 'People', partnerAction: 'upsertLead', subscribe: 'type = "identify"', mapping: mappingOf('upsertLead', {}) },
  { name: 'Pages', partnerAction: 'visitWebPage', subscribe: 'type = "page"', enabled: false, mapping: {} }
]
const CSV =
  'type,userId,traits.email,traits.firstName\nidentify,ada,ada@example.com,Augusta\nidentify,bob,bob@example.com,Bob\npage,ada,,\n'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearse-'))
  sandbox().reset({ leads: LEADS, keepDefaults: false })
  write('events.csv', CSV)
  write('mappings.json', JSON.stringify(MAPPINGS))
  write('settings.json', JSON.stringify({ munchkinId: '123-ABC-456', clientId: 'sandbox' }))
  // The command reaches Marketo through the global agent of its process, as it would reach a proxy.
  write(
    'route.cjs',
    `require(${JSON.stringify(join(ROOT, 'sandbox/route-marketo'))}).routeMarketoTo(${sandbox().port})`
  )
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

function rehearse(...more: string[]): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const files = ['events.csv', 'mappings.json', 'settings.json'].flatMap((name) => [`--${name.split('.')[0]}`, name])
  const given = ['-r', 'tsx/cjs', '-r', join(folder, 'route.cjs'), join(ROOT, 'scripts/rehearse.ts'), ...files, ...more]
  const env = { ...process.env, INIT_CWD: folder, MARKETO_CLIENT_SECRET: SECRET }
  const child = spawn(process.execPath, given, { cwd: ROOT, env })
  const told: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] }
  child.stdout.on('data', (text: Buffer) => told.stdout.push(String(text)))
  child.stderr.on('data', (text: Buffer) => told.stderr.push(String(text)))
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ stdout: told.stdout.join(''), stderr: told.stderr.join(''), status }))
  })
}

test('sums up what a run would do, and writes nothing to Marketo', async () => {
  const before = sandbox().state().leads
  const { stdout, stderr, status } = await rehearse()
  expect({ stderr: stderr.split('\n').filter((line) => !line.startsWith('#')), status }).toEqual({
    stderr: [''],
    status: 0
  })
  for (const line of [
    /^Rehearsal of 3 events against 123-ABC-456\. Nothing was written\.$/m,
    /^Mappings: People\. Off: Pages\.$/m,
    /^Done: +2$/m,
    /^Not taken: +1 by any mapping$/m,
    /^Leads created: +1$/m,
    /^Leads updated: +1$/m,
    /1 × firstName: "Ada" -> "Augusta"/,
    /^REST calls: \d+ read from Marketo, \d+ withheld/m
  ]) {
    expect(stdout).toMatch(line)
  }
  expect(sandbox().state().leads).toEqual(before)
})

test('prints the plan as JSON with --out -, without the secret', async () => {
  write('settings.json', JSON.stringify({ munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: SECRET }))
  write('events.csv', `${CSV}identify,carl,carl@example.com,${SECRET}\n`)
  const { stdout, status } = await rehearse('--out', '-')
  const plan = JSON.parse(stdout) as Plan
  expect(status).toBe(0)
  expect(plan.leads[0]).toEqual({ id: 11, fields: { firstName: ['Ada', 'Augusta'] } })
  expect(plan.notTaken).toBe(1)
  expect(stdout).not.toContain(SECRET)
})

test('writes the changes by lead and field as CSV', async () => {
  await rehearse('--out', 'plan.csv')
  expect(read('plan.csv').split('\n')).toEqual(
    expect.arrayContaining(['lead,field,before,after', '11,firstName,Ada,Augusta', 'new-1,userId,,bob'])
  )
})

test.each([
  ['settings.json', 'not JSON', /^settings\.json is not JSON\.$/m],
  ['settings.json', '{"munchkinId":"example.com","clientId":"x"}', /must look like 123-ABC-456/],
  ['mappings.json', '[{"partnerAction":"dance"}]', /Mapping 1: this destination has no action called dance/],
  ['mappings.json', '[{"partnerAction":"upsertLead","subscribe":"type ="}]', /Mapping 1: /],
  ['events.csv', 'userId\nada\n', /header with a column "type"/]
])('refuses %s with %s', async (name, text, message) => {
  write(name, text)
  const { stdout, stderr, status } = await rehearse()
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/\n +at /)
})
