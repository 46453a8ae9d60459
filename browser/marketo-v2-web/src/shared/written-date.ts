export * from '../../../../src/marketo/values/written-date'
