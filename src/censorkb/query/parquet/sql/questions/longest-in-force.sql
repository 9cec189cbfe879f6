SELECT
  i.since, i.until_begun AS by, i.target, i.country, i.status, stage.object AS stage, i.last_evidenced, i.measure
FROM asked
JOIN intervals AS i ON i.until_begun <= asked.date
JOIN triples AS stage ON stage.subject = i.interval AND stage.predicate = 'ckb:phase'
WHERE (i.until_ended IS NULL OR i.until_ended >= asked.date) AND i.last_evidenced IS NOT NULL
ORDER BY i.until_begun, i.since NULLS FIRST, i.measure
