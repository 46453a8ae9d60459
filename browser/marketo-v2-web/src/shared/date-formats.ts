export * from '../../../../src/marketo/values/date-formats'
