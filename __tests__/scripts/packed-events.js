/** Runs in a new folder where only the packed package is installed. Sends each event of events.json to its action. */
const process = require('process')
const marketo = require('actions-marketo-v2').default
const { Destination } = require('@segment/actions-core')
const samples = require('./events.json')
const { routeMarketoTo } = require('./route-marketo')

const settings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }

/** Values for the required fields without a default. */
const MAPPING = { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.properties.firstName' } }

async function main(port) {
  routeMarketoTo(port)
  const destination = new Destination(marketo)
  await destination.testAuthentication(settings)
  const statuses = []
  for (const { action: key, event } of samples) {
    const { [key]: action } = destination.actions
    const fields = Object.entries(action.definition.fields).filter(([, field]) => field.default !== undefined)
    const mapping = { ...Object.fromEntries(fields.map(([name, field]) => [name, field.default])), ...MAPPING }
    const [{ status }] = await action.executeBatch({ data: [event], mapping, settings })
    statuses.push(status)
  }
  process.stdout.write(JSON.stringify(statuses))
}

main(Number(process.argv[2])).then(
  () => process.exit(),
  (error) => {
    process.stderr.write(String(error.stack))
    process.exit(1)
  }
)
