/** Runs in a fresh folder with nothing but the packed package: the events of the classic destination's documentation. */
const process = require('process')
const marketo = require('actions-marketo-v2').default
const { Destination } = require('@segment/actions-core')
const { routeMarketoTo } = require('./route-marketo')

const settings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }
const userAgent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.2214.115 Safari/537.36'

const identify = {
  type: 'identify',
  userId: '1234',
  traits: {
    firstName: 'Robyn Rihanna',
    lastName: 'Fenty',
    email: 'rihanna@example.com',
    gender: 'woman',
    phone: '555-555-5555',
    company: 'Segment.com',
    birthday: '1988-02-20T00:00:00.000Z',
    createdAt: '2007-05-31T00:00:00.000Z',
    address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
  }
}
const track = { type: 'track', userId: '1234', event: 'Segment Event', properties: { firstName: 'Alex' } }
const page = {
  type: 'page',
  userId: '1234',
  category: 'Docs',
  name: 'Node.js Library',
  properties: {
    url: '/docs/connections/sources/catalog/libraries/server/node',
    path: '/docs/connections/sources/catalog/libraries/server/node/',
    title: 'Node.js Library - Segment',
    referrer: 'https://github.com/segmentio/analytics-node'
  },
  context: { userAgent }
}

async function main(port) {
  routeMarketoTo(port)
  const destination = new Destination(marketo)
  await destination.testAuthentication(settings)
  const [lead] = await send('upsertLead', identify)
  const [activity] = await send('sendCustomActivity', track, {
    activityTypeId: 100001,
    primaryAttributeValue: { '@path': '$.properties.firstName' }
  })
  const [visit] = await send('visitWebPage', page)
  process.stdout.write(JSON.stringify([lead, activity, visit].map(({ status }) => status)))

  function send(key, event, mapping) {
    const { [key]: action } = destination.actions
    const fields = Object.entries(action.definition.fields).filter(([, field]) => field.default !== undefined)
    const defaults = Object.fromEntries(fields.map(([name, field]) => [name, field.default]))
    return action.executeBatch({ data: [event], mapping: { ...defaults, ...mapping }, settings })
  }
}

main(Number(process.argv[2])).then(
  () => process.exit(),
  (error) => {
    process.stderr.write(String(error.stack))
    process.exit(1)
  }
)
