-- Statuses of things in countries: in which measure, from when and until when at the earliest and the latest.
SELECT
  class.subject AS interval, country.object AS country, target.object AS target, status.object AS status,
  measure.object AS measure, since.object AS since, until_begun.object AS until_begun,
  ends.object AS ends, until_ended.object AS until_ended, evidenced.object AS last_evidenced
FROM triples AS class
JOIN triples AS country ON country.subject = class.subject AND country.predicate = 'ckb:country'
JOIN triples AS target ON target.subject = class.subject AND target.predicate = 'ckb:concerns'
JOIN triples AS status ON status.subject = class.subject AND status.predicate = 'ckb:accessStatus'
JOIN triples AS measure ON measure.subject = class.subject AND measure.predicate = 'ckb:fromMeasure'
LEFT JOIN triples AS since ON since.subject = class.subject AND since.predicate = 'ckb:earliestStart'
LEFT JOIN triples AS until_begun ON until_begun.subject = class.subject AND until_begun.predicate = 'ckb:latestStart'
LEFT JOIN triples AS ends ON ends.subject = class.subject AND ends.predicate = 'ckb:earliestEnd'
LEFT JOIN triples AS until_ended ON until_ended.subject = class.subject AND until_ended.predicate = 'ckb:latestEnd'
LEFT JOIN triples AS evidenced ON evidenced.subject = class.subject AND evidenced.predicate = 'ckb:lastEvidenced'
WHERE class.predicate = 'rdf:type' AND class.object = 'ckb:StatusInterval'
