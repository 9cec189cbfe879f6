-- How severe each status is.
SELECT subject AS status, CAST(object AS INTEGER) AS severity FROM triples WHERE predicate = 'ckb:severity'
