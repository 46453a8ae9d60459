import { converted } from '../src/marketo/values/convert'

it.each<[string, string | number | boolean, string | undefined, unknown]>([
  ['a whole number written as text', ' +42 ', 'integer', 42],
  ['a number too large to be exact', '9007199254740993', 'integer', undefined],
  ['a fraction for a whole number', '1.5', 'integer', undefined],
  ['a score', '-3', 'score', -3],
  ['an amount', '12.50', 'currency', 12.5],
  ['text for a number', 'many', 'float', undefined],
  ['true for a number', true, 'percent', undefined],
  ['yes', 'Yes', 'boolean', true],
  ['0', 0, 'boolean', false],
  ['text for a boolean', 'maybe', 'boolean', undefined],
  ['a datetime for a date', '2024-05-31T23:00:00-08:00', 'date', '2024-05-31'],
  ['a day for a datetime', '2024-05-31', 'datetime', '2024-05-31T00:00:00+00:00'],
  ["a datetime in Marketo's own form", '2010-05-07T15:41:32-05:00', 'datetime', '2010-05-07T15:41:32-05:00'],
  ['a day that does not exist', '2024-02-30', 'date', undefined],
  ['true for a date', true, 'date', undefined],
  ['a number for text', 5, 'string', '5'],
  ['true for text', true, 'text', 'true'],
  ['true for a date', true, 'date', undefined],
  ['true for a datetime', true, 'datetime', undefined],
  ['a field that the instance does not have', '5', undefined, undefined]
])('Converts a value to the type of the field if that is safe: %s', (_what, value, dataType, expected) => {
  expect(converted(value, dataType)).toBe(expected)
})
