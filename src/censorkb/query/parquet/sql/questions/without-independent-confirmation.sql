SELECT
  single.subject AS measure, counted.origin, counted.claims, earliest.object AS first_reported, latest.object AS last_evidenced
FROM triples AS single
JOIN triples AS earliest ON earliest.subject = single.subject AND earliest.predicate = 'ckb:firstReported'
JOIN triples AS latest ON latest.subject = single.subject AND latest.predicate = 'ckb:lastEvidenced'
JOIN (
  SELECT reports.measure, origin.object AS origin, count(DISTINCT reports.claim) AS claims
  FROM reports JOIN triples AS origin ON origin.subject = reports.claim AND origin.predicate = 'ckb:origin'
  GROUP BY reports.measure, origin.object
) AS counted ON counted.measure = single.subject
WHERE single.predicate = 'ckb:support' AND single.object = 'support:single-origin'
ORDER BY single.subject, counted.origin
