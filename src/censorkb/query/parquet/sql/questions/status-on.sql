SELECT
  i.target, feature.object AS feature, i.status,
  CASE WHEN i.until_begun <= asked.date THEN 'certainly begun' ELSE 'possibly begun' END
  || CASE WHEN i.until_ended IS NOT NULL AND COALESCE(i.ends, i.since, i.until_begun) <= asked.date
     THEN ', possibly over' ELSE '' END AS certainty,
  stage.object AS stage, i.since, i.until_begun AS by, i.last_evidenced, support.object AS support, i.measure, r.according_to
FROM asked
JOIN intervals AS i ON i.country = asked.country
JOIN severities ON severities.status = i.status
JOIN triples AS stage ON stage.subject = i.interval AND stage.predicate = 'ckb:phase'
JOIN triples AS support ON support.subject = i.measure AND support.predicate = 'ckb:support'
JOIN (
  SELECT DISTINCT reports.measure, speaker.object AS according_to
  FROM reports JOIN triples AS speaker ON speaker.subject = reports.claim AND speaker.predicate = 'ckb:speaker'
) AS r ON r.measure = i.measure
LEFT JOIN triples AS feature ON feature.subject = i.interval AND feature.predicate = 'ckb:feature'
WHERE COALESCE(i.since, i.until_begun) <= asked.date
  AND (i.until_ended IS NULL OR i.until_ended >= asked.date)
  AND i.last_evidenced IS NOT NULL
ORDER BY severities.severity DESC, i.target, i.measure, r.according_to
