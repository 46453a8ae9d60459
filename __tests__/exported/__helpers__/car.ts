import { marketoApi, success } from './marketo'

/** The custom object "car" is identified by its VIN and linked to a lead. The action describes it at most once an hour. */
export function describeCar(): void {
  marketoApi()
    .get('/rest/v1/customobjects/car_c/describe.json')
    .optionally()
    .reply(
      200,
      success({
        dedupeFields: ['vin'],
        relationships: [{ field: 'owner', type: 'child', object: { name: 'Lead', field: 'Id' } }],
        fields: [
          { name: 'vin', dataType: 'string' },
          { name: 'year', dataType: 'integer' }
        ]
      })
    )
}
