export * from '../../../../src/segment/traits'
