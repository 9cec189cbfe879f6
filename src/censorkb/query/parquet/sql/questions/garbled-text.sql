SELECT garbled.source, count(*) AS claims
FROM (
  SELECT class.subject AS claim, source.object AS source
  FROM triples AS class
  JOIN triples AS review
    ON review.subject = class.subject AND review.predicate = 'ckb:status' AND review.object = 'review:accepted'
  JOIN triples AS source ON source.subject = class.subject AND source.predicate = 'ckb:source'
  JOIN triples AS evidence ON evidence.subject = class.subject AND evidence.predicate = 'ckb:evidence'
  JOIN triples AS copy ON copy.subject = evidence.object AND copy.predicate = 'ckb:inCopy'
  JOIN triples AS quality ON quality.subject = copy.object AND quality.predicate = 'ckb:quality'
  WHERE class.predicate = 'rdf:type' AND class.object = 'ckb:Claim'
  GROUP BY class.subject, source.object
  HAVING sum(CASE WHEN quality.object = 'quality:garbled' THEN 0 ELSE 1 END) = 0
) AS garbled
GROUP BY garbled.source
ORDER BY garbled.source
