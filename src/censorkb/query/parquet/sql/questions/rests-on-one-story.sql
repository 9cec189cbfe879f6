SELECT one.measure, one.story, one.copies, one.claims, support.object AS support
FROM (
  SELECT
    reports.measure, min(root.object) AS story, count(DISTINCT copy.object) AS copies,
    count(DISTINCT reports.claim) AS claims
  FROM reports
  JOIN triples AS root ON root.subject = reports.claim AND root.predicate = 'ckb:rootSource'
  JOIN triples AS evidence ON evidence.subject = reports.claim AND evidence.predicate = 'ckb:evidence'
  JOIN triples AS copy ON copy.subject = evidence.object AND copy.predicate = 'ckb:inCopy'
  GROUP BY reports.measure
  HAVING count(DISTINCT root.object) = 1
) AS one
JOIN triples AS support ON support.subject = one.measure AND support.predicate = 'ckb:support'
ORDER BY one.measure
